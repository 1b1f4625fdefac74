package org.lungo.family.translation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.lungo.deploy.text.Beam;
import org.lungo.deploy.text.BeamRules;
import org.lungo.deploy.text.Hypothesis;
import org.lungo.deploy.text.LengthPenalty;
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
    private static final int MAX_TEXTS = 32;
    private static final int MAX_TOKENS = 2048;

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

    /**
     * A text in tokens.
     *
     * @param tokens with the end
     */
    public record Source(int[] tokens, boolean isBlank) {}

    /** Reads a run or its model folder. The model lives in the scope that is open now. */
    public static Translator load(Path folder) throws IOException {
        return new Translator(TranslationBundle.load(folder));
    }

    /** Translates one text. See {@link #translate(List, Settings)}. */
    public Translation translate(String text, Settings settings) {
        return translateAll(List.of(text), settings).get(0);
    }

    /** Translates texts that are counted from 1. See {@link #translate(List, Settings)}. */
    public List<Translation> translateAll(List<String> texts, Settings settings) {
        return translateAll(texts, settings, 1);
    }

    /**
     * Translates texts, see {@link #translate(List, Settings)}.
     *
     * @param first the number of the first text, for messages
     * @throws IllegalArgumentException when a text is longer than the model's context, saying which
     */
    public List<Translation> translateAll(List<String> texts, Settings settings, long first) {
        return translate(sources(texts, first), settings);
    }

    /**
     * What texts are to the model, which then needs no more than their tokens.
     *
     * @param first the number of the first text, for messages
     * @throws IllegalArgumentException when a text is longer than the model's context, saying which
     */
    public List<Source> sources(List<String> texts, long first) {
        int context = bundle.model().config().context();
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            int[] tokens = bundle.tokens().source(texts.get(i));
            Check.that(
                    tokens.length <= context,
                    "text " + (first + i) + " must have at most " + context
                            + " tokens, its end included, the context of this model; part it",
                    tokens.length + " tokens");
            sources.add(new Source(tokens, texts.get(i).isBlank()));
        }
        return sources;
    }

    /** Translates texts, those of similar length together. A blank text has a blank translation. */
    public List<Translation> translate(List<Source> sources, Settings settings) {
        Translation[] translations = new Translation[sources.size()];
        for (int i = 0; i < translations.length; i++) {
            if (sources.get(i).isBlank()) {
                translations[i] = new Translation("", 0, 0, 0, true);
            }
        }
        int[] byLength = IntStream.range(0, translations.length)
                .filter(i -> translations[i] == null)
                .boxed()
                .sorted(Comparator.comparingInt(i -> sources.get(i).tokens().length))
                .mapToInt(i -> i)
                .toArray();
        TranslationSearch search = new TranslationSearch(
                bundle.model(), rules(settings), bundle.tokens().id(TranslationTokens.START));
        for (int[] places : batches(byLength, sources)) {
            List<int[]> tokens =
                    Arrays.stream(places).mapToObj(i -> sources.get(i).tokens()).toList();
            List<Beam> found = search.of(tokens);
            for (int i = 0; i < places.length; i++) {
                translations[places[i]] = translation(found.get(i).found().get(0), tokens.get(i).length);
            }
        }
        return List.of(translations);
    }

    private BeamRules rules(Settings settings) {
        TranslationTokens tokens = bundle.tokens();
        return new BeamRules(
                settings.beam(),
                LengthPenalty.wu(settings.lengthPenalty()),
                Set.of(tokens.id(TranslationTokens.END)),
                Set.of(tokens.id(TranslationTokens.START), tokens.id(TranslationTokens.PADDING)),
                null,
                BeamRules.Ending.EARLY);
    }

    private Translation translation(Hypothesis best, int sourceTokens) {
        int[] ids = best.tokens();
        return new Translation(
                bundle.tokens().text(ids), sourceTokens, ids.length, best.logProbability(), best.isStopped());
    }

    private static List<int[]> batches(int[] byLength, List<Source> sources) {
        List<int[]> batches = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= byLength.length; to++) {
            boolean full = to < byLength.length
                    && (to - from == MAX_TEXTS
                            || (to - from + 1) * sources.get(byLength[to]).tokens().length > MAX_TOKENS);
            if (full || to == byLength.length) {
                batches.add(Arrays.copyOfRange(byLength, from, to));
                from = to;
            }
        }
        return batches;
    }
}
