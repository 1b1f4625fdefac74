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
import org.lungo.evaluate.BleuCounts;
import org.lungo.evaluate.BleuTokens;
import org.lungo.evaluate.Bootstrap;
import org.lungo.evaluate.Direction;
import org.lungo.evaluate.Interval;
import org.lungo.evaluate.Measurement;
import org.lungo.evaluate.Summary;
import org.lungo.evaluate.Yardstick;
import org.lungo.experiment.RunFolder;
import org.lungo.family.translation.TranslationBundle;
import org.lungo.family.translation.TranslationTokens;
import org.lungo.family.translation.Translator;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Scope;
import org.lungo.train.EpochReport;
import org.lungo.train.PartLosses;
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
 * @param yardstick intervals, over the pairs of texts; as a baseline BLEU of the texts themselves
 */
public record TranslationEvaluation(
        double loss, long tokens, Bleu bleu, int pairs, Translator.Settings settings, Yardstick yardstick)
        implements Measurement {
    /** The maximum number of texts, spread over all, that are translated after training; {@link #on} translates all. */
    private static final int MAX_AFTER_TRAINING = 2000;

    /** The maximum number of texts that are translated after each epoch, if BLEU is monitored. */
    private static final int MAX_WHILE_TRAINING = 500;

    private static final int BATCH_TOKENS = 2048;

    private static final String BLEU = TranslationLesson.BLEU;
    private static final String PERPLEXITY = "perplexity";

    /** The names of what is measured. */
    static final List<String> METRICS = List.of(BLEU, EpochReport.VAL_LOSS, PERPLEXITY);

    /** Of a model that was just trained. */
    static TranslationEvaluation of(TranslationBundle bundle, TranslationData data, int batchTokens) {
        List<ParallelTexts.Pair> chosen = spread(data.held(), MAX_AFTER_TRAINING);
        Translator.Settings settings = Translator.Settings.DEFAULTS;
        BleuCounts counts = counts(bundle, chosen, settings, null);
        return of(bundle, data.validation(), batchTokens, counts, chosen, settings);
    }

    /**
     * The evaluation from translations.
     *
     * @param ids what the loss is of
     * @param chosen what was translated
     */
    private static TranslationEvaluation of(
            TranslationBundle bundle,
            TokenPairs ids,
            int batchTokens,
            BleuCounts counts,
            List<ParallelTexts.Pair> chosen,
            Translator.Settings settings) {
        Map<String, Interval> intervals = Bootstrap.STANDARD.intervals(chosen.size(), Map.of(BLEU, counts.score()));
        double loss = Double.NaN;
        if (ids.size() > 0) {
            PartLosses losses = new PartLosses(ids.size());
            loss = new TranslationLoss(bundle.model())
                    .over(ids, batchTokens, Mode.INFERENCE, losses)
                    .loss();
            intervals.putAll(losses.intervals());
        }
        return new TranslationEvaluation(
                loss,
                ids.targetTokens(),
                counts.bleu(),
                chosen.size(),
                settings,
                new Yardstick(intervals, Map.of(BLEU, copied(chosen, counts.tokens()))));
    }

    /** BLEU of the texts where they are given as their own translations. */
    private static double copied(List<ParallelTexts.Pair> pairs, BleuTokens tokens) {
        return Bleu.of(
                        pairs.stream().map(ParallelTexts.Pair::source).toList(),
                        pairs.stream().map(ParallelTexts.Pair::target).toList(),
                        tokens)
                .score();
    }

    /** BLEU, in percent, of a model that is being trained: fewer texts than in the end, each by its likeliest tokens. */
    static double quickBleu(TranslationBundle bundle, TranslationData data) {
        return counts(bundle, spread(data.held(), MAX_WHILE_TRAINING), Translator.Settings.GREEDY, null)
                .bleu()
                .score();
    }

    /** At most {@code maxPairs} pairs, spread over all. */
    static List<ParallelTexts.Pair> spread(List<ParallelTexts.Pair> pairs, int maxPairs) {
        int count = Math.min(pairs.size(), maxPairs);
        return IntStream.range(0, count)
                .mapToObj(i -> pairs.get((int) ((long) i * pairs.size() / count)))
                .toList();
    }

    /** The counts of BLEU of translations of {@code pairs}; texts are cut by {@code tokens}, or by what fits the references. */
    private static BleuCounts counts(
            TranslationBundle bundle,
            List<ParallelTexts.Pair> pairs,
            Translator.Settings settings,
            @Nullable BleuTokens tokens) {
        List<String> references = pairs.stream().map(ParallelTexts.Pair::target).toList();
        List<String> translations = new Translator(bundle)
                .translateAll(pairs.stream().map(ParallelTexts.Pair::source).toList(), settings).stream()
                        .map(Translator.Translation::text)
                        .toList();
        return BleuCounts.of(translations, references, tokens == null ? BleuTokens.fitting(references) : tokens);
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
            BleuCounts counts = counts(bundle, pairs, settings, tokens);
            return of(bundle, encoded(bundle, pairs), BATCH_TOKENS, counts, pairs, settings);
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
                    metrics.required(BLEU).asDouble(),
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
                            detail.required("length_penalty").asDouble()),
                    Yardstick.stored(metrics));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new CorruptFileException(run.resolve(RunFolder.METRICS) + " cannot be read: " + e.getMessage());
        }
    }

    /** What other families say of a measurement, too. */
    public Summary summary() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(BLEU, bleu.score());
        metrics.put(EpochReport.VAL_LOSS, loss);
        metrics.put(PERPLEXITY, Math.exp(loss));
        return new Summary(
                TranslationConfig.FAMILY, "translation", pairs, "texts", metrics, Direction.HIGHER, yardstick);
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
        metrics.put(PERPLEXITY, Math.exp(loss));
        metrics.put("val_tokens", tokens);
        metrics.put(BLEU, bleu.score());
        metrics.put("bleu_detail", detail);
        return RunFolder.pretty(metrics).strip();
    }

    @Override
    public String toText() {
        return String.format(
                Locale.ROOT,
                "%s%non %,d texts, beam %d, length penalty %s%nval_loss %.4f%s, perplexity %.2f%s on %,d tokens of"
                        + " translations%s",
                bleu.toText(yardstick.range(BLEU, 2)),
                pairs,
                settings.beam(),
                settings.lengthPenalty(),
                loss,
                yardstick.range(EpochReport.VAL_LOSS, 4),
                Math.exp(loss),
                yardstick.range(PERPLEXITY, 2),
                tokens,
                yardstick.note("the texts as their own translations"));
    }
}
