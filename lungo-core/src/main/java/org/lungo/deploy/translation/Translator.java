package org.lungo.deploy.translation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lungo.preprocess.tokenizer.TranslationTokens;
import org.lungo.tensor.Check;

/**
 * Translates texts.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *     Translator translator = Translator.load(Path.of("runs/train-001"));
 *     String text = translator.translate("Ein Hund.", Translator.Settings.DEFAULTS).text();
 * }
 * }</pre>
 */
public record Translator(TranslationBundle bundle) {
    private static final int MOST_TEXTS = 32;
    private static final int MOST_TOKENS = 2048;

    /**
     * How translations are searched.
     *
     * @param beam how many hypotheses are followed; 1 always takes the likeliest token
     * @param lengthPenalty the exponent by which longer translations are preferred, see Wu et al. 2016, arXiv:1609.08144,
     *     section 7; 0 compares probabilities alone
     */
    public record Settings(int beam, double lengthPenalty) {
        /** Those of Vaswani et al. 2017, arXiv:1706.03762, section 6.1. */
        public static final Settings DEFAULTS = new Settings(4, 0.6);

        /** Always the likeliest token. */
        public static final Settings GREEDY = new Settings(1, 0);

        public Settings {
            Check.positive("beam", beam);
            Check.between("length_penalty", lengthPenalty, 0, 10);
        }
    }

    /**
     * A translation.
     *
     * @param sourceTokens how many tokens the text had, its end included
     * @param tokens how many were written, the end included
     * @param logProbability of them, in nats
     * @param ended whether it ended by itself, not at the limit: 50 tokens more than the text, or the model's context
     */
    public record Translation(String text, int sourceTokens, int tokens, double logProbability, boolean ended) {}

    /** Reads a run or its model folder. The model lives in the scope that is open now. */
    public static Translator load(Path folder) throws IOException {
        return new Translator(TranslationBundle.load(folder));
    }

    /** Translates one text. See {@link #translateAll}. */
    public Translation translate(String text, Settings settings) {
        return translateAll(List.of(text), settings).get(0);
    }

    /** Translates texts that are counted from 1. See {@link #translateAll(List, Settings, long)}. */
    public List<Translation> translateAll(List<String> texts, Settings settings) {
        return translateAll(texts, settings, 1);
    }

    /**
     * Translates texts, those of similar length together. A blank text has a blank translation.
     *
     * @param first the number of the first text, for messages
     * @throws IllegalArgumentException when a text is longer than the model's context, saying which
     */
    public List<Translation> translateAll(List<String> texts, Settings settings, long first) {
        int[][] sources = encoded(texts, first);
        Translation[] translations = new Translation[sources.length];
        for (int i = 0; i < sources.length; i++) {
            if (texts.get(i).isBlank()) {
                translations[i] = new Translation("", 0, 0, 0, true);
            }
        }
        int[] byLength = IntStream.range(0, sources.length)
                .filter(i -> translations[i] == null)
                .boxed()
                .sorted(Comparator.comparingInt(i -> sources[i].length))
                .mapToInt(i -> i)
                .toArray();
        BeamSearch search = new BeamSearch(bundle.model(), rules(settings));
        for (int[] places : batches(byLength, sources)) {
            List<Beam> found =
                    search.of(Arrays.stream(places).mapToObj(i -> sources[i]).toList());
            for (int i = 0; i < places.length; i++) {
                translations[places[i]] = translation(found.get(i), sources[places[i]].length);
            }
        }
        return List.of(translations);
    }

    /**
     * Says whether texts that are counted from 1 can be translated.
     *
     * @throws IllegalArgumentException when a text is longer than the model's context, saying which
     */
    public void requireFit(List<String> texts) {
        encoded(texts, 1);
    }

    private int[][] encoded(List<String> texts, long first) {
        int context = bundle.model().config().context();
        int[][] sources = new int[texts.size()][];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = bundle.tokens().source(texts.get(i));
            Check.that(
                    sources[i].length <= context,
                    "text " + (first + i) + " must have at most " + context
                            + " tokens, its end included, the context of this model; part it",
                    sources[i].length + " tokens");
        }
        return sources;
    }

    private Beam.Rules rules(Settings settings) {
        TranslationTokens tokens = bundle.tokens();
        return new Beam.Rules(
                settings.beam(),
                settings.lengthPenalty(),
                tokens.id(TranslationTokens.START),
                tokens.id(TranslationTokens.END),
                tokens.id(TranslationTokens.PADDING));
    }

    private Translation translation(Beam found, int sourceTokens) {
        Hypothesis best = found.best();
        int[] ids = best.tokens();
        return new Translation(
                bundle.tokens().text(ids), sourceTokens, ids.length, best.logProbability(), found.hasEnded());
    }

    private static List<int[]> batches(int[] byLength, int[][] sources) {
        List<int[]> batches = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= byLength.length; to++) {
            boolean full = to < byLength.length
                    && (to - from == MOST_TEXTS || (to - from + 1) * sources[byLength[to]].length > MOST_TOKENS);
            if (full || to == byLength.length) {
                batches.add(Arrays.copyOfRange(byLength, from, to));
                from = to;
            }
        }
        return batches;
    }
}
