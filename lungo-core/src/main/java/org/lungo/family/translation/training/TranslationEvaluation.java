package org.lungo.family.translation.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.deploy.Manifest;
import org.lungo.evaluate.Bleu;
import org.lungo.evaluate.BleuTokens;
import org.lungo.evaluate.Measurement;
import org.lungo.evaluate.Summary;
import org.lungo.experiment.RunFolder;
import org.lungo.family.translation.TranslationBundle;
import org.lungo.family.translation.TranslationTokens;
import org.lungo.family.translation.Translator;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Scope;
import org.lungo.train.EpochReport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How well a model translates.
 *
 * @param loss the mean cross-entropy of a token of the reference translations, in nats
 * @param tokens how many of them there are
 * @param bleu of its own translations
 * @param pairs how many texts it translated
 * @param settings how it searched
 */
public record TranslationEvaluation(double loss, long tokens, Bleu bleu, int pairs, Translator.Settings settings)
        implements Measurement {
    /** The names of what is measured. */
    static final List<String> METRICS = List.of("bleu", EpochReport.VAL_LOSS, "perplexity");

    /** So many texts, spread over all, say how good a model is when it was trained; others are for {@link #on}. */
    private static final int MOST = 2000;

    /** So many after each epoch, where BLEU is monitored. */
    private static final int MOST_WHILE_TRAINING = 500;

    private static final int BATCH_TOKENS = 2048;

    /** Of a model that was just trained. */
    static TranslationEvaluation of(TranslationBundle bundle, TranslationData data, double loss) {
        List<ParallelTexts.Pair> chosen = spread(data.held(), MOST);
        Translator.Settings settings = Translator.Settings.DEFAULTS;
        Bleu bleu = bleu(bundle, chosen, settings, null);
        return new TranslationEvaluation(loss, data.validation().told(), bleu, chosen.size(), settings);
    }

    /** BLEU, in percent, of a model that is being trained: fewer texts than in the end, each by its likeliest tokens. */
    static double quickBleu(TranslationBundle bundle, TranslationData data) {
        return bleu(bundle, spread(data.held(), MOST_WHILE_TRAINING), Translator.Settings.GREEDY, null)
                .score();
    }

    /** At most so many pairs, spread over all. */
    static List<ParallelTexts.Pair> spread(List<ParallelTexts.Pair> pairs, int most) {
        int count = Math.min(pairs.size(), most);
        return IntStream.range(0, count)
                .mapToObj(i -> pairs.get((int) ((long) i * pairs.size() / count)))
                .toList();
    }

    /** BLEU of translations of {@code pairs}; texts are cut by {@code tokens}, or by what fits the references. */
    private static Bleu bleu(
            TranslationBundle bundle,
            List<ParallelTexts.Pair> pairs,
            Translator.Settings settings,
            @Nullable BleuTokens tokens) {
        List<String> references = pairs.stream().map(ParallelTexts.Pair::target).toList();
        List<String> translations = new Translator(bundle)
                .translateAll(pairs.stream().map(ParallelTexts.Pair::source).toList(), settings).stream()
                        .map(Translator.Translation::text)
                        .toList();
        return Bleu.of(translations, references, tokens == null ? BleuTokens.fitting(references) : tokens);
    }

    /**
     * A new evaluation on other texts.
     *
     * @param tokens how texts are cut for BLEU; null for what fits the references
     * @throws DataException when they cannot be read
     */
    public static TranslationEvaluation on(
            Path run, ParallelTexts texts, Translator.Settings settings, @Nullable BleuTokens tokens)
            throws IOException {
        List<ParallelTexts.Pair> pairs = texts.read();
        if (pairs.isEmpty()) {
            throw new DataException("E301", texts.title() + " must have a text with a translation. Received: none");
        }
        try (Scope scope = Scope.open()) {
            TranslationBundle bundle = TranslationBundle.load(run);
            Bleu bleu = bleu(bundle, pairs, settings, tokens);
            TokenPairs ids = encoded(bundle, pairs);
            double loss = ids.size() == 0
                    ? Double.NaN
                    : new TranslationLoss(bundle.model())
                            .over(ids, BATCH_TOKENS, Mode.INFERENCE)
                            .loss();
            return new TranslationEvaluation(loss, ids.told(), bleu, pairs.size(), settings);
        }
    }

    /** The pairs whose reference the model has room for; it translates the others' texts all the same. */
    private static TokenPairs encoded(TranslationBundle bundle, List<ParallelTexts.Pair> pairs) {
        TranslationTokens tokens = bundle.tokens();
        List<int[]> sources = new ArrayList<>();
        List<int[]> targets = new ArrayList<>();
        for (ParallelTexts.Pair pair : pairs) {
            int[] target = tokens.target(pair.target());
            if (target.length <= bundle.model().config().context()) {
                sources.add(tokens.source(pair.source()));
                targets.add(target);
            }
        }
        return new TokenPairs(sources, targets);
    }

    /**
     * The evaluation that a run ended with.
     *
     * @throws CorruptFileException when a file of the run was changed
     */
    public static TranslationEvaluation stored(Path run) throws IOException {
        Manifest.verify(run);
        try {
            JsonNode metrics = JsonMapper.shared().readTree(Files.readString(run.resolve(RunFolder.METRICS)));
            JsonNode detail = metrics.required("bleu_detail");
            Bleu bleu = new Bleu(
                    metrics.required("bleu").asDouble(),
                    detail.required("precisions")
                            .valueStream()
                            .map(JsonNode::asDouble)
                            .toList(),
                    detail.required("brevity_penalty").asDouble(),
                    detail.required("translation_tokens").asLong(),
                    detail.required("reference_tokens").asLong(),
                    BleuTokens.named(detail.required("tokenizer").asString()));
            return new TranslationEvaluation(
                    metrics.required(EpochReport.VAL_LOSS).asDouble(),
                    metrics.required("val_tokens").asLong(),
                    bleu,
                    detail.required("texts").asInt(),
                    new Translator.Settings(
                            detail.required("beam").asInt(),
                            detail.required("length_penalty").asDouble()));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new CorruptFileException(run.resolve(RunFolder.METRICS) + " cannot be read: " + e.getMessage());
        }
    }

    /** What other families say of a measurement, too. */
    public Summary summary() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("bleu", bleu.score());
        metrics.put(EpochReport.VAL_LOSS, loss);
        metrics.put("perplexity", Math.exp(loss));
        return new Summary(TranslationConfig.FAMILY, "translation", pairs, "texts", metrics, Map.of());
    }

    @Override
    public String toJson() {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("signature", bleu.signature());
        detail.put("tokenizer", bleu.tokens().toString());
        detail.put("precisions", bleu.precisions());
        detail.put("brevity_penalty", bleu.brevityPenalty());
        detail.put("translation_tokens", bleu.translationTokens());
        detail.put("reference_tokens", bleu.referenceTokens());
        detail.put("texts", pairs);
        detail.put("beam", settings.beam());
        detail.put("length_penalty", settings.lengthPenalty());
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put(EpochReport.VAL_LOSS, loss);
        metrics.put("perplexity", Math.exp(loss));
        metrics.put("val_tokens", tokens);
        metrics.put("bleu", bleu.score());
        metrics.put("bleu_detail", detail);
        return RunFolder.pretty(metrics).strip();
    }

    @Override
    public String toText() {
        return String.format(
                Locale.ROOT,
                "%s%non %,d texts, beam %d, length penalty %s%nval_loss %.4f, perplexity %.2f on %,d tokens of"
                        + " translations that were not trained on",
                bleu.toText(),
                pairs,
                settings.beam(),
                settings.lengthPenalty(),
                loss,
                Math.exp(loss),
                tokens);
    }
}
