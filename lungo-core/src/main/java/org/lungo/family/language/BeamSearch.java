package org.lungo.family.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lungo.deploy.text.Beam;
import org.lungo.deploy.text.BeamRules;
import org.lungo.deploy.text.Hypothesis;
import org.lungo.deploy.text.LengthPenalty;
import org.lungo.deploy.text.Written;
import org.lungo.model.LanguageModel;
import org.lungo.nn.KeyValueCache;
import org.lungo.preprocess.tokenizer.StreamDecoder;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Continues a text with the likeliest text as a whole, as far as a search of {@code width} beams finds it; no chance is
 * in it. Texts end where the model's context is full.
 *
 * @param width the number of texts that are followed
 * @param lengthPenalty see {@link LengthPenalty#power}
 */
public record BeamSearch(TextGenerator generator, int width, double lengthPenalty) {
    /** The width that a batch of texts has room for on a small machine. */
    private static final int MAX = 256;

    public BeamSearch {
        Check.between("beams", width, 1, MAX);
    }

    /**
     * The best texts behind {@code prompt}, the one worth most first, at most as many as are followed.
     *
     * @param stops texts before which one ends
     */
    public List<Written> generate(String prompt, int maxTokens, List<String> stops) {
        List<Long> tokens = Arrays.stream(generator.tokens(prompt))
                .mapToObj(id -> (long) id)
                .toList();
        List<Written> texts = new ArrayList<>();
        for (Hypothesis found : search(generator.begin(tokens), maxTokens, stops)) {
            int[] written = found.written();
            StopTexts text = new StopTexts(stops, piece -> {});
            text.end(decoded(written));
            texts.add(new Written(text.written(), tokens.size(), written.length, found.isStopped()));
        }
        return texts;
    }

    private List<Hypothesis> search(List<Long> prompt, int maxTokens, List<String> stops) {
        LanguageModel model = generator.bundle().model();
        long[] seen = generator.seen(prompt);
        UnknownTokens unknown = UnknownTokens.of(generator);
        int limit = Math.min(maxTokens, model.context() - seen.length + 1);
        Beam beam = new Beam(rules(stops), (int) seen[seen.length - 1], limit);
        try (Scope scope = Scope.inference()) {
            KeyValueCache cache = model.cache(width, model.context());
            cache.select(0);
            advance(beam, cache, seen, unknown);
            while (!beam.isDone()) {
                cache.select(beam.parents());
                long[] last =
                        beam.running().stream().mapToLong(Hypothesis::token).toArray();
                advance(beam, cache, last, unknown);
            }
        }
        return beam.found();
    }

    private BeamRules rules(List<String> stops) {
        return new BeamRules(
                width,
                LengthPenalty.power(lengthPenalty),
                generator.ends().stream().map(Long::intValue).collect(Collectors.toSet()),
                Set.of(),
                stops.isEmpty() ? null : text -> stops.stream().anyMatch(decoded(text.tokens())::contains),
                BeamRules.Ending.CANONICAL);
    }

    /** Reads the new tokens, as many for each hypothesis, and adds one. */
    private void advance(Beam beam, KeyValueCache cache, long[] fresh, UnknownTokens unknown) {
        LanguageModel model = generator.bundle().model();
        int rows = beam.running().size();
        float[] logits;
        try (Scope step = Scope.inference()) {
            Tensor tokens = Tensor.of(fresh, rows, fresh.length / rows); // [rows, sequence]
            Tensor hidden = model.hidden(tokens, cache).select(1, -1); // [rows, hidden]
            logits = model.logits(hidden).toFloats(); // [rows * vocabulary]
        }
        unknown.exclude(logits, logits.length / rows);
        beam.advanceByLogits(logits, 0, logits.length / rows);
    }

    private String decoded(int[] tokens) {
        StreamDecoder decoder = generator.bundle().tokenizer().stream();
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            text.append(decoder.add(token));
        }
        return text.append(decoder.finish()).toString();
    }
}
