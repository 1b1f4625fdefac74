package org.lungo.family.labelling.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.evaluate.Gates;
import org.lungo.evaluate.Judged;
import org.lungo.experiment.Experiment;
import org.lungo.experiment.Look;
import org.lungo.experiment.Run;
import org.lungo.experiment.RunFolder;
import org.lungo.experiment.config.Resolved;
import org.lungo.experiment.config.Setting;
import org.lungo.family.labelling.LabelFiles;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.tensor.Check;
import org.lungo.train.Listener;
import org.lungo.train.TrainingState;

/**
 * From sentences whose tokens have labels to a trained, evaluated, stored tagger.
 *
 * <pre>{@code
 * LabellingExperiment experiment = LabellingExperiment.of("entities.conll", "train.epochs=20");
 * Result result = experiment.run(Path.of("runs/entities-001"), Listener.NONE);
 * System.out.println(result.evaluation().scores().all().f1());
 * }</pre>
 */
public final class LabellingExperiment implements Experiment {
    private final Resolved<LabellingConfig> resolved;
    private final @Nullable List<String> command;

    private LabellingExperiment(Resolved<LabellingConfig> resolved, @Nullable List<String> command) {
        this.resolved = resolved;
        this.command = command;
    }

    /** The experiment that a config says. */
    public static LabellingExperiment of(Resolved<LabellingConfig> config) {
        return new LabellingExperiment(config, null);
    }

    /** The experiment of labelling tokens as those of a file are, all else by default. */
    public static LabellingExperiment of(String data, String... sets) {
        List<String> all = new ArrayList<>(List.of("data.path='" + data.replace("'", "''") + "'"));
        all.addAll(Arrays.asList(sets));
        return of(LabellingConfig.resolve(
                "defaults", "", all.stream().map(Setting::of).toList()));
    }

    @Override
    public Look look() {
        LabellingConfig.Data data = resolved.value().data();
        LabelledCorpus corpus = new LabelFiles(data.path(), data.encoding()).read();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d sentences, %,d tokens, labels (%s): %s",
                corpus.sentences().size(),
                corpus.tokens(),
                corpus.scheme(),
                String.join(", ", corpus.labels())));
        corpus.notes()
                .forEach(note ->
                        text.append(System.lineSeparator()).append("note: ").append(note));
        return new Look(Map.of(), text.toString(), () -> {});
    }

    @Override
    public int epochs() {
        return resolved.value().train().epochs();
    }

    @Override
    public LabellingExperiment startedBy(List<String> commandLine) {
        return new LabellingExperiment(resolved, List.copyOf(commandLine));
    }

    @Override
    public Resolved<LabellingConfig> config() {
        return resolved;
    }

    /**
     * What an experiment gave.
     *
     * @param evaluation on sentences that were neither trained on nor chosen by
     * @param notes what is to be said of the data
     * @param parameters the number of trained values
     * @param tokensPerSecond of training steps; NaN where none was timed, as training had ended before
     * @param gates what was reached of those that the config sets
     */
    public record Result(
            Path folder,
            LabellingEvaluation evaluation,
            List<String> notes,
            long parameters,
            double tokensPerSecond,
            TrainingState state,
            List<Gates.Outcome> gates)
            implements Outcome {
        /** What {@code run.json} holds of it. */
        Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("parameters", parameters);
            figures.put("tokens_per_second", tokensPerSecond);
            figures.put("notes", notes);
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
            StringBuilder text = new StringBuilder();
            notes.forEach(note -> text.append("note: ").append(note).append(System.lineSeparator()));
            return text.append(evaluation.figures())
                    .append(judged().gateLines())
                    .append(System.lineSeparator())
                    .append(String.format(
                            Locale.ROOT,
                            "best epoch %d of %d, %,d parameters%s%nReport: %s",
                            state.bestEpoch(),
                            state.epoch(),
                            parameters,
                            Double.isNaN(tokensPerSecond)
                                    ? ""
                                    : String.format(Locale.ROOT, ", %,.0f tokens a second", tokensPerSecond),
                            folder.resolve(RunFolder.REPORT)))
                    .toString();
        }

        @Override
        public List<String> next() {
            return List.of("lungo predict " + folder + " texts.txt --out entities.jsonl", "lungo serve " + folder);
        }
    }

    @Override
    public Result run(Path folder, Listener listener) throws IOException {
        LabellingConfig config = resolved.value();
        Check.that(!config.data().path().isEmpty(), "data.path must say where the sentences are", "nothing");
        return new Run(resolved, config.seed(), command, config.data().path())
                .into(folder, cache -> LabellingAttempt.of(config), listener);
    }
}
