package org.lungo.family.labelling.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Manifest;
import org.lungo.evaluate.Direction;
import org.lungo.evaluate.Measurement;
import org.lungo.evaluate.SpanScores;
import org.lungo.evaluate.Summary;
import org.lungo.evaluate.Yardstick;
import org.lungo.experiment.RunFolder;
import org.lungo.family.labelling.LabelBundle;
import org.lungo.family.labelling.LabelFiles;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.family.labelling.Tagger;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Scope;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How well a model gives tokens their labels.
 *
 * @param yardstick intervals, over the sentences; as a baseline the most frequent label of each token in the training
 *     sentences, where that is known
 * @param unknown how many tokens have a label that the model does not know, by label; they count as wrong
 */
public record LabellingEvaluation(SpanScores scores, Yardstick yardstick, Map<String, Long> unknown)
        implements Measurement {
    private static final String UNKNOWN = "unknown_labels";

    public LabellingEvaluation {
        unknown = new LinkedHashMap<>(unknown);
    }

    /**
     * The evaluation of {@code model} on sentences that it was not trained on.
     *
     * @param train what it was trained on, for the baseline; null where that is not at hand
     */
    static LabellingEvaluation of(Tagger model, LabelledCorpus corpus, @Nullable LabelledCorpus train) {
        return against(train == null ? null : FrequentLabels.of(train), model, corpus);
    }

    private static LabellingEvaluation against(@Nullable FrequentLabels frequent, Tagger model, LabelledCorpus corpus) {
        List<List<String>> tokens =
                corpus.sentences().stream().map(LabelledSentence::tokens).toList();
        List<List<String>> gold =
                corpus.sentences().stream().map(LabelledSentence::labels).toList();
        List<List<String>> said = model.label(tokens);
        Map<String, Double> baseline = frequent == null
                ? Map.of()
                : SpanScores.of(corpus.scheme(), gold, frequent.label(tokens)).metrics();
        return new LabellingEvaluation(
                SpanScores.of(corpus.scheme(), gold, said),
                new Yardstick(SpanScores.intervals(corpus.scheme(), gold, said), baseline),
                corpus.unknown(model.labels()));
    }

    /**
     * The evaluation that a run ended with.
     *
     * @throws CorruptFileException when a file of the run was changed
     */
    public static LabellingEvaluation stored(Path run) throws IOException {
        Manifest.verify(run);
        try {
            JsonNode metrics = JsonMapper.shared().readTree(Files.readString(run.resolve(RunFolder.METRICS)));
            Map<String, SpanScores.Found> types = new LinkedHashMap<>();
            metrics.required("types").properties().forEach(type -> types.put(type.getKey(), found(type.getValue())));
            Map<String, Long> unknown = new LinkedHashMap<>();
            metrics.required(UNKNOWN)
                    .properties()
                    .forEach(label ->
                            unknown.put(label.getKey(), label.getValue().asLong()));
            long tokens = metrics.required("tokens").asLong();
            long right = Math.round(metrics.required("accuracy").asDouble() * tokens);
            return new LabellingEvaluation(new SpanScores(tokens, right, types), Yardstick.stored(metrics), unknown);
        } catch (JacksonException e) {
            throw new CorruptFileException(run.resolve(RunFolder.METRICS) + " cannot be read: " + e.getMessage());
        }
    }

    private static SpanScores.Found found(JsonNode type) {
        return new SpanScores.Found(
                type.required("gold").asLong(),
                type.required("predicted").asLong(),
                type.required("correct").asLong());
    }

    /**
     * A new evaluation on other sentences; one of a model folder alone has no baseline.
     *
     * @throws org.lungo.data.DataException when they cannot be read
     */
    public static LabellingEvaluation on(Path run, String location) throws IOException {
        try (Scope scope = Scope.open()) {
            LabelBundle bundle = LabelBundle.load(run);
            LabelledCorpus corpus = new LabelFiles(location, bundle.encoding()).read();
            return against(FrequentLabels.load(run), bundle.model(), corpus);
        }
    }

    /** What other families say of a measurement, too. */
    public Summary summary() {
        return new Summary(
                LabellingConfig.FAMILY,
                "labels",
                scores.tokens(),
                "tokens",
                scores.metrics(),
                Direction.HIGHER,
                yardstick);
    }

    @Override
    public String toJson() {
        Map<String, Object> metrics = scores.toMap();
        metrics.put(UNKNOWN, unknown);
        return RunFolder.pretty(metrics).strip();
    }

    @Override
    public String toText() {
        String note = unknownLabels("the sentences");
        return figures() + (note.isEmpty() ? "" : System.lineSeparator() + "note: " + note);
    }

    /** The scores with what they are read against, for a person. */
    String figures() {
        return scores.toText(yardstick) + yardstick.note("the most frequent label of each known token");
    }

    /** Notes on labels that the model does not know; empty when it knows all. */
    private String unknownLabels(String where) {
        return unknown.isEmpty() ? "" : unknownLabels(where, unknown);
    }

    /** The labels that training does not have, in words. */
    static String unknownLabels(String where, Map<String, Long> unknown) {
        return where + " have labels that training does not have, which count as wrong: "
                + String.join(
                        ", ",
                        unknown.entrySet().stream()
                                .map(label -> label.getKey() + " (" + label.getValue() + ")")
                                .toList());
    }
}
