package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DocumentReader;
import org.lungo.data.Documents;
import org.lungo.evaluate.Count;
import org.lungo.evaluate.Gates;
import org.lungo.evaluate.Judged;
import org.lungo.experiment.Experiment;
import org.lungo.experiment.Look;
import org.lungo.experiment.Run;
import org.lungo.experiment.RunFolder;
import org.lungo.experiment.Speed;
import org.lungo.experiment.config.Resolved;
import org.lungo.train.Listener;
import org.lungo.train.TrainingState;

/**
 * From text to a trained, evaluated, stored language model.
 *
 * <pre>{@code
 * LanguageExperiment experiment = LanguageExperiment.of("corpus.txt", "train.epochs=5");
 * Result result = experiment.run(Path.of("runs/corpus-001"), Listener.NONE);
 * System.out.println(result.evaluation().perplexity());
 * }</pre>
 */
public final class LanguageExperiment implements Experiment {
    private final Resolved<LanguageConfig> resolved;
    private final @Nullable List<String> command;

    private LanguageExperiment(Resolved<LanguageConfig> resolved, @Nullable List<String> command) {
        this.resolved = resolved;
        this.command = command;
    }

    /** The experiment that a config says. */
    public static LanguageExperiment of(Resolved<LanguageConfig> config) {
        return new LanguageExperiment(config, null);
    }

    /** The experiment of continuing a text, all else by default. */
    public static LanguageExperiment of(String data, String... sets) {
        List<String> all = new ArrayList<>(List.of("data.path='" + data.replace("'", "''") + "'"));
        all.addAll(Arrays.asList(sets));
        return of(LanguageConfig.read("defaults", "", all));
    }

    @Override
    public Look look() {
        LanguageConfig.Data data = resolved.value().data();
        long documents = 0;
        long characters = 0;
        try (DocumentReader reader = data.documents().open()) {
            while (reader.hasNext()) {
                Documents.Piece piece = reader.next();
                documents += piece.last() ? 1 : 0;
                characters += piece.text().length();
            }
        }
        String text = String.format(
                Locale.ROOT,
                "%s of %s; the last %s of the text, data.validation, is validated on",
                Count.of(documents, "document"),
                Count.of(characters, "character"),
                data.validation());
        return new Look(Map.of(), text, () -> {});
    }

    @Override
    public int epochs() {
        return resolved.value().train().epochs();
    }

    @Override
    public LanguageExperiment startedBy(List<String> commandLine) {
        return new LanguageExperiment(resolved, List.copyOf(commandLine));
    }

    @Override
    public Resolved<LanguageConfig> config() {
        return resolved;
    }

    /**
     * What an experiment gave.
     *
     * @param evaluation on the end of the text, which was not trained on
     * @param parameters the number of trained values
     * @param next commands that use the model
     * @param gates what was reached of those that the config sets
     */
    public record Result(
            Path folder,
            LanguageEvaluation evaluation,
            long parameters,
            Speed speed,
            TrainingState state,
            List<String> next,
            List<Gates.Outcome> gates)
            implements Outcome {
        /** What {@code run.json} holds of it. */
        Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("parameters", parameters);
            speed.putInto(figures);
            return figures;
        }

        @Override
        public String toJson() {
            return judged().toJson();
        }

        /** The measurement in the form of every family. */
        Judged judged() {
            return new Judged(evaluation, evaluation.summary(), gates);
        }

        @Override
        public List<Gates.Outcome> failures() {
            return judged().failures();
        }

        @Override
        public String toText() {
            return String.format(
                    Locale.ROOT,
                    "%s%n%,d parameters%s%nReport: %s",
                    judged().toText(),
                    parameters,
                    speed.toText("tokens"),
                    folder.resolve(RunFolder.REPORT));
        }
    }

    @Override
    public Result run(Path folder, Listener listener) throws IOException {
        LanguageConfig config = resolved.value();
        return new Run(resolved, config.seed(), command, config.data().path())
                .into(folder, cache -> LanguageAttempt.of(config, cache), listener);
    }
}
