package org.lungo.family.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lungo.deploy.text.Beams;
import org.lungo.deploy.text.Written;
import org.lungo.model.LanguageModel;
import org.lungo.nn.KeyValueCache;
import org.lungo.preprocess.tokenizer.StreamDecoder;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Writes on with the text that is likeliest as a whole, as far as {@code width} texts beside each other find it; no chance is
 * in it. Texts end where the model's context is full.
 *
 * @param width the number of texts that are followed
 * @param lengthPenalty see {@link Beams}
 */
public record BeamSearch(TextGenerator generator, int width, double lengthPenalty) {
    /** The width that a batch of texts has room for on a small machine. */
    private static final int MOST = 256;

    public BeamSearch {
        Check.between("beams", width, 1, MOST);
    }

    /**
     * The best texts behind {@code prompt}, the one worth most first, at most as many as are followed.
     *
     * @param stops texts before which one ends
     */
    public List<Written> generate(String prompt, int maxTokens, List<String> stops) {
        List<Long> tokens = Arrays.stream(generator.bundle().tokenizer().encode(prompt))
                .mapToObj(id -> (long) id)
                .toList();
        List<Written> texts = new ArrayList<>();
        for (Beams.Beam beam : search(generator.begin(tokens), maxTokens, stops)) {
            StopTexts text = new StopTexts(stops, piece -> {});
            text.end(decoded(beam.tokens()));
            texts.add(new Written(text.written(), tokens.size(), beam.tokens().size(), beam.stopped()));
        }
        return texts;
    }

    private List<Beams.Beam> search(List<Long> prompt, int maxTokens, List<String> stops) {
        LanguageModel model = generator.bundle().model();
        long[] seen = generator.seen(prompt);
        int most = Math.min(maxTokens, model.context() - seen.length + 1);
        Beams beams = new Beams(
                new Beams.Settings(width, lengthPenalty, most),
                generator.ends(),
                tokens -> stops.stream().anyMatch(decoded(tokens)::contains));
        try (Scope scope = Scope.inference()) {
            KeyValueCache cache = model.cache(width, model.context());
            cache.select(0);
            float[][] logits = logits(model, cache, seen, 1);
            while (!beams.isDone()) {
                int[] parents = beams.advance(logits);
                if (!beams.isDone()) {
                    cache.select(parents);
                    long[] last = beams.live().stream()
                            .mapToLong(beam -> beam.tokens().get(beam.tokens().size() - 1))
                            .toArray();
                    logits = logits(model, cache, last, last.length);
                }
            }
        }
        return beams.ended();
    }

    /** Logits behind the last of the new tokens, [rows][vocabulary]. */
    private static float[][] logits(LanguageModel model, KeyValueCache cache, long[] fresh, int rows) {
        try (Scope step = Scope.inference()) {
            Tensor tokens = Tensor.of(fresh, rows, fresh.length / rows); // [rows, sequence]
            Tensor hidden = model.hidden(tokens, cache).select(1, -1); // [rows, hidden]
            float[] logits = model.logits(hidden).toFloats(); // [rows * vocabulary]
            int vocabulary = logits.length / rows;
            float[][] split = new float[rows][];
            Arrays.setAll(split, i -> Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary));
            return split;
        }
    }

    private String decoded(List<Long> tokens) {
        StreamDecoder decoder = generator.bundle().tokenizer().stream();
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(decoder.add(token.intValue())));
        return text.append(decoder.finish()).toString();
    }
}
