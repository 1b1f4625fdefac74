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
import org.lungo.data.WriteLock;
import org.lungo.experiment.config.Resolved;
import org.lungo.preprocess.tokenizer.TokenFile;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.LanguageLesson;
import org.lungo.train.Lesson;
import org.lungo.train.Listener;
import org.lungo.train.TrainConfig;
import org.lungo.train.Trainer;
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
public final class LanguageExperiment implements Study {
    /** So many tokens say during training how good the model is; the whole rest of the text says it at the end. */
    private static final long VALIDATION_TOKENS = 32_768;

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
    public int epochs() {
        return resolved.value().train().epochs();
    }

    @Override
    public LanguageExperiment startedBy(List<String> commandLine) {
        return new LanguageExperiment(resolved, List.copyOf(commandLine));
    }

    /** The config with every value. */
    public Resolved<LanguageConfig> config() {
        return resolved;
    }

    /**
     * What an experiment gave.
     *
     * @param evaluation on the end of the text, which was not trained on
     * @param parameters the number of trained values
     * @param next commands that use the model
     */
    public record Result(
            Path folder,
            LanguageEvaluation evaluation,
            long parameters,
            Speed speed,
            TrainingState state,
            List<String> next)
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
            return evaluation.toJson();
        }

        @Override
        public String toText() {
            return String.format(
                    Locale.ROOT, "%s%n%,d parameters%s", evaluation.toText(), parameters, speed.toText("tokens"));
        }
    }

    @Override
    public Result run(Path folder, Listener listener) throws IOException {
        LanguageConfig config = resolved.value();
        try (WriteLock lock = RunFolder.lock(folder);
                Cache cache = Cache.of(folder);
                Scope scope = Scope.open()) {
            listener.phaseStarted("reading " + config.data().path());
            Tokenizer tokenizer = Tokenizers.of(config);
            LanguageTask task = LanguageTask.of(config, tokenizer);
            TokenFile tokens = TokenFile.write(
                    cache.file("tokens"), tokenizer, config.data().documents(), task.end(tokenizer));
            Provenance provenance = Provenance.of(command, config.seed(), tokens.fingerprint(), null);
            RunFolder run = RunFolder.begin(folder, resolved, provenance);
            Result result = train(run, task, tokens, listener);
            cache.close();
            task.writeBeside(folder);
            run.save(model -> task.bundle(tokenizer).save(model, config.serve()));
            run.end(result, result.state(), result.figures());
            return result;
        }
    }

    private Result train(RunFolder run, LanguageTask task, TokenFile tokens, Listener listener) {
        LanguageConfig config = resolved.value();
        TrainConfig train = config.train().config();
        int context = config.model().context();
        listener.phaseStarted("training, to " + run.path());
        try (Scope scope = Scope.open()) { // lets go of the mapped tokens
            double before = Speed.measureGemm(type(train));
            StepClock clock = new StepClock(listener);
            Tensor all = tokens.map();
            long first = Math.round(all.size(0) * (1 - config.data().validation()));
            Tensor validation = all.narrow(0, first, all.size(0) - first);
            Tensor text = all.narrow(0, 0, first);
            Lesson lesson =
                    task.lesson(text, validation, sizes(config), train.more().labelSmoothing());
            TrainingState state = new Trainer(lesson, train, Random.of(config.seed())).fit(run.checkpoints(), clock);
            double rate = Math.max(before, Speed.measureGemm(type(train))); // one of them may have had busy neighbours
            listener.phaseStarted("testing");
            double perSecond = (double) config.train().batchSize() * context / clock.secondsPerStep();
            Speed speed = new Speed(perSecond, rate, task.operations(context));
            LanguageEvaluation evaluation = task.evaluate(text, validation, context);
            return new Result(run.path(), evaluation, task.parameters().count(), speed, state, task.next(run.path()));
        }
    }

    private static LanguageLesson.Sizes sizes(LanguageConfig config) {
        return new LanguageLesson.Sizes(
                config.train().batchSize(),
                config.model().context(),
                config.train().stepsPerEpoch(),
                VALIDATION_TOKENS);
    }

    private static DType type(TrainConfig train) {
        return train.more().precision() == TrainConfig.Precision.BF16 ? DType.BFLOAT16 : DType.FLOAT32;
    }
}
