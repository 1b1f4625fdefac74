package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Documents;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.evaluate.Direction;
import org.lungo.evaluate.Measurement;
import org.lungo.evaluate.Summary;
import org.lungo.evaluate.Yardstick;
import org.lungo.experiment.RunFolder;
import org.lungo.preprocess.tokenizer.TokenFile;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Scope;
import org.lungo.train.EpochReport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How well a language model tells the tokens of a text.
 *
 * @param loss the mean cross-entropy of a token, in nats
 * @param tokens how many it was asked for
 * @param asked which it was asked for
 * @param yardstick intervals, over the windows of the text; as a baseline the same loss of a {@link
 *     org.lungo.evaluate.TrigramModel} of the training text, or for masked tokens of a {@link
 *     org.lungo.evaluate.UnigramModel}; no baseline when the training text is not at hand
 */
public record LanguageEvaluation(double loss, long tokens, Asked asked, Yardstick yardstick) implements Measurement {
    /** The names of what is measured. */
    static final List<String> METRICS = List.of(EpochReport.VAL_LOSS, "perplexity");

    private static final String TRIGRAM = "trigram_val_loss";
    private static final String PERPLEXITY = "perplexity";
    private static final String TOKENS = "val_tokens";
    private static final String MASKED_TOKENS = "val_masked_tokens";

    /** Which tokens a model is asked for. */
    public enum Asked {
        /** Each, from those before it. */
        NEXT,
        /** Masked ones, from those on both sides: the perplexity compares with no other. */
        MASKED
    }

    /** The same evaluation with the loss of a baseline that counts tokens. */
    LanguageEvaluation withBaseline(double counted) {
        return new LanguageEvaluation(loss, tokens, asked, new Yardstick(yardstick.intervals(), baseline(counted)));
    }

    private static Map<String, Double> baseline(double counted) {
        Map<String, Double> baseline = new LinkedHashMap<>();
        baseline.put(EpochReport.VAL_LOSS, counted);
        baseline.put(PERPLEXITY, Math.exp(counted));
        return baseline;
    }

    /** The loss of a trigram model; null when the training text is not at hand, or masked tokens are asked for. */
    public @Nullable Double trigram() {
        return asked == Asked.NEXT ? counted() : null;
    }

    private @Nullable Double counted() {
        return yardstick.baseline().get(EpochReport.VAL_LOSS);
    }

    /** The exponential of the loss: among how many equally likely tokens the model would be as unsure. */
    public double perplexity() {
        return Math.exp(loss);
    }

    /**
     * The evaluation that a run ended with.
     *
     * @throws CorruptFileException when a file of the run was changed
     */
    public static LanguageEvaluation stored(Path run) throws IOException {
        Manifest.verify(run);
        try {
            JsonNode metrics = JsonMapper.shared().readTree(Files.readString(run.resolve(RunFolder.METRICS)));
            boolean masked = metrics.has(MASKED_TOKENS);
            Yardstick yardstick = Yardstick.stored(metrics);
            if (yardstick.baseline().isEmpty() && metrics.has(TRIGRAM)) { // a run of an early version
                yardstick = new Yardstick(
                        yardstick.intervals(), baseline(metrics.get(TRIGRAM).asDouble()));
            }
            return new LanguageEvaluation(
                    metrics.required(EpochReport.VAL_LOSS).asDouble(),
                    metrics.required(masked ? MASKED_TOKENS : TOKENS).asLong(),
                    masked ? Asked.MASKED : Asked.NEXT,
                    yardstick);
        } catch (JacksonException e) {
            throw new CorruptFileException(run.resolve(RunFolder.METRICS) + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * A new evaluation on other texts.
     *
     * @throws org.lungo.data.DataException when they cannot be read
     */
    public static LanguageEvaluation on(Path run, Documents documents) throws IOException {
        Path file = Files.createTempFile("lungo-tokens", null);
        try (Scope scope = Scope.open()) {
            TextBundle bundle = TextBundle.load(run);
            LanguageTask task = LanguageTask.of(bundle);
            Integer end = LanguageTask.end(bundle instanceof BertBundle, bundle.tokenizer());
            TokenFile tokens = TokenFile.write(file, bundle.tokenizer(), documents, end);
            if (tokens.tokens() < 2) {
                throw new org.lungo.data.DataException(
                        "E301", documents.title() + " must have two tokens or more. Received: " + tokens.tokens());
            }
            return task.evaluate(tokens.map(), bundle.context());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** What other families say of a measurement, too. */
    public Summary summary() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(EpochReport.VAL_LOSS, loss);
        metrics.put(PERPLEXITY, perplexity());
        return new Summary(
                LanguageConfig.FAMILY,
                asked == Asked.MASKED ? "masked_token" : "next_token",
                tokens,
                asked == Asked.MASKED ? "masked tokens" : "tokens",
                metrics,
                Direction.LOWER,
                yardstick);
    }

    @Override
    public String toJson() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put(EpochReport.VAL_LOSS, loss);
        metrics.put(PERPLEXITY, perplexity());
        metrics.put(asked == Asked.MASKED ? MASKED_TOKENS : TOKENS, tokens);
        Double trigram = trigram();
        if (trigram != null) {
            metrics.put(TRIGRAM, trigram);
        }
        return RunFolder.pretty(metrics).strip();
    }

    @Override
    public String toText() {
        Double counted = counted();
        String trivial = counted == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        asked == Asked.NEXT ? "; a trigram model reaches %.4f" : "; a unigram model reaches %.4f",
                        counted);
        return String.format(
                        Locale.ROOT,
                        "val_loss %.4f%s, perplexity %.2f%s ",
                        loss,
                        yardstick.range(EpochReport.VAL_LOSS, 4),
                        perplexity(),
                        yardstick.range(PERPLEXITY, 2))
                + (asked == Asked.MASKED
                        ? String.format(Locale.ROOT, "of %,d masked tokens", tokens)
                        : String.format(Locale.ROOT, "on %,d tokens", tokens))
                + trivial
                + yardstick.note();
    }
}
