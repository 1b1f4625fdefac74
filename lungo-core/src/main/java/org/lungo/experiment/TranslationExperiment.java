package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.ParallelTexts;
import org.lungo.data.WriteLock;
import org.lungo.deploy.translation.TranslationBundle;
import org.lungo.experiment.config.Resolved;
import org.lungo.model.Transformer;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.EpochReport;
import org.lungo.train.Lesson;
import org.lungo.train.Listener;
import org.lungo.train.TrainConfig;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;
import org.lungo.train.TranslationLesson;
import org.lungo.train.TranslationLoss;

/**
 * From texts and their translations to a trained, evaluated, stored model that translates.
 *
 * <pre>{@code
 * TranslationExperiment experiment = TranslationExperiment.of("train.de", "train.en", "train.epochs=5");
 * Result result = experiment.run(Path.of("runs/german-001"), Listener.NONE);
 * System.out.println(result.evaluation().bleu().score());
 * }</pre>
 */
public final class TranslationExperiment implements Study {
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
    public int epochs() {
        return resolved.value().train().epochs();
    }

    @Override
    public TranslationExperiment startedBy(List<String> commandLine) {
        return new TranslationExperiment(resolved, List.copyOf(commandLine));
    }

    /** The config with every value. */
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
     */
    public record Result(
            Path folder,
            TranslationEvaluation evaluation,
            long parameters,
            Speed speed,
            TrainingState state,
            List<String> notes)
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
            return evaluation.toJson();
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
                            "%s%n%,d parameters%s",
                            evaluation.toText(),
                            parameters,
                            speed.toText("tokens of translations")))
                    .toString();
        }
    }

    @Override
    public Result run(Path folder, Listener listener) throws IOException {
        TranslationConfig config = resolved.value();
        try (WriteLock lock = RunFolder.lock(folder);
                Scope scope = Scope.open()) {
            listener.phaseStarted("reading " + config.data().texts().title());
            TranslationData data = TranslationData.of(config);
            Provenance provenance = provenance();
            int vocabulary = data.tokens().tokenizer().size();
            Transformer model = config.model().build(vocabulary, Random.of(config.seed()).stream("init"));
            TranslationBundle bundle = new TranslationBundle(model, data.tokens());
            RunFolder run = RunFolder.begin(folder, resolved, provenance);
            Result result = train(run, bundle, data, listener);
            run.save(bundle::save);
            run.end(result, result.state(), result.figures());
            return result;
        }
    }

    private Provenance provenance() {
        TranslationConfig.Data data = resolved.value().data();
        ParallelTexts validation = data.validationTexts();
        return Provenance.of(
                command,
                resolved.value().seed(),
                data.texts().fingerprint(),
                validation == null ? null : validation.fingerprint());
    }

    private Result train(RunFolder run, TranslationBundle bundle, TranslationData data, Listener listener) {
        TranslationConfig config = resolved.value();
        TrainConfig train = config.train().config();
        TranslationLesson lesson = lesson(bundle, data, config);
        listener.phaseStarted("training, to " + run.path());
        DType type = train.more().precision() == TrainConfig.Precision.BF16 ? DType.BFLOAT16 : DType.FLOAT32;
        double before = Speed.measureGemm(type);
        StepClock clock = new StepClock(listener);
        TrainingState state = new Trainer(lesson, train, Random.of(config.seed())).fit(run.checkpoints(), clock);
        double rate = Math.max(before, Speed.measureGemm(type)); // one of them may have had busy neighbours
        listener.phaseStarted("testing");
        Lesson.Validation validation = new TranslationLoss(bundle.model())
                .over(data.validation(), config.train().batchTokens(), Mode.INFERENCE);
        double perSecond = (double) lesson.examples() / lesson.batches() / clock.secondsPerStep();
        return new Result(
                run.path(),
                TranslationEvaluation.of(bundle, data, validation.loss()),
                lesson.parameters().count(),
                new Speed(perSecond, rate, operations(bundle.model(), data)),
                state,
                data.notes());
    }

    private static TranslationLesson lesson(TranslationBundle bundle, TranslationData data, TranslationConfig config) {
        TranslationConfig.Training train = config.train();
        boolean writes = train.earlyStop().monitor().equals(EpochReport.VALIDATION + TranslationLesson.BLEU);
        return new TranslationLesson(
                bundle.model(),
                data.train(),
                data.validation(),
                train.batchTokens(),
                train.more().labelSmoothing(),
                writes ? () -> TranslationEvaluation.quickBleu(bundle, data) : null);
    }

    /** What a token of a translation costs, forward and backward, its share of the text included; 6 for each weight. */
    private static double operations(Transformer model, TranslationData data) {
        double read =
                data.train().sources().stream().mapToLong(ids -> ids.length).sum();
        double reading = Parameters.of(model.encoder()).count();
        double writing = Parameters.of(model.decoder()).count()
                + model.head().weight().value().elements();
        return 6 * (reading * read / data.train().told() + writing);
    }
}
