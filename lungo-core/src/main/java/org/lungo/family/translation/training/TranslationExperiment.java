package org.lungo.family.translation.training;

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
import org.lungo.experiment.Speed;
import org.lungo.experiment.config.Resolved;
import org.lungo.train.Listener;
import org.lungo.train.TrainingState;

/**
 * From texts and their translations to a trained, evaluated, stored model that translates.
 *
 * <pre>{@code
 * TranslationExperiment experiment = TranslationExperiment.of("train.de", "train.en", "train.epochs=5");
 * Result result = experiment.run(Path.of("runs/german-001"), Listener.NONE);
 * System.out.println(result.evaluation().bleu().score());
 * }</pre>
 */
public final class TranslationExperiment implements Experiment {
    private final Resolved<TranslationConfig> resolved;
    private final @Nullable List<String> command;

    private TranslationExperiment(Resolved<TranslationConfig> resolved, @Nullable List<String> command) {
        this.resolved = resolved;
        this.command = command;
    }

    /** The experiment that a config says. */
    public static TranslationExperiment of(Resolved<TranslationConfig> config) {
        return new TranslationExperiment(config, null);
    }

    /** The experiment of translating the lines of {@code from} to those of {@code to}, all else by default. */
    public static TranslationExperiment of(String from, String to, String... sets) {
        List<String> all = new ArrayList<>(List.of("data.path=" + quoted(from), "data.to=" + quoted(to)));
        all.addAll(Arrays.asList(sets));
        return of(TranslationConfig.FILE.read("defaults", "", all));
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    @Override
    public Look look() {
        long[] counts = new long[2];
        resolved.value().data().texts().forEach(pair -> counts[pair.isBlank() ? 1 : 0]++);
        String text = String.format(
                Locale.ROOT,
                "%,d texts with translations, %,d with an empty side that are left out",
                counts[0],
                counts[1]);
        return new Look(Map.of(), text, () -> {});
    }

    @Override
    public int epochs() {
        return resolved.value().train().epochs();
    }

    @Override
    public TranslationExperiment startedBy(List<String> commandLine) {
        return new TranslationExperiment(resolved, List.copyOf(commandLine));
    }

    @Override
    public Resolved<TranslationConfig> config() {
        return resolved;
    }

    /**
     * What an experiment gave.
     *
     * @param evaluation on the pairs to validate on
     * @param parameters the number of trained values
     * @param speed in tokens of translations
     * @param notes what is to be said of pairs that were left out
     * @param gates what was reached of those that the config sets
     */
    public record Result(
            Path folder,
            TranslationEvaluation evaluation,
            long parameters,
            Speed speed,
            TrainingState state,
            List<String> notes,
            List<Gates.Outcome> gates)
            implements Outcome {
        /** What {@code run.json} holds of it. */
        Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("parameters", parameters);
            speed.putInto(figures);
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
        public List<String> next() {
            return List.of(
                    "lungo translate " + folder + " FILE --out TRANSLATED",
                    "lungo evaluate " + folder + " SOURCE --to REFERENCE");
        }

        @Override
        public String toText() {
            StringBuilder text = new StringBuilder();
            notes.forEach(note -> text.append("note: ").append(note).append(System.lineSeparator()));
            return text.append(String.format(
                            Locale.ROOT,
                            "%s%n%,d parameters%s%nReport: %s",
                            judged().toText(),
                            parameters,
                            speed.toText("tokens of translations"),
                            folder.resolve(RunFolder.REPORT)))
                    .toString();
        }
    }

    @Override
    public Result run(Path folder, Listener listener) throws IOException {
        TranslationConfig config = resolved.value();
        return new Run(resolved, config.seed(), command, config.data().texts().title())
                .into(folder, cache -> TranslationAttempt.of(config), listener);
    }
}
