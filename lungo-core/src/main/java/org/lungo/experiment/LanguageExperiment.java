package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lungo.data.ReadOptions;
import org.lungo.data.Source;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.evaluate.TrigramModel;
import org.lungo.experiment.config.Resolved;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.model.Lora;
import org.lungo.model.huggingface.LoraFiles;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.TokenFile;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.LanguageLesson;
import org.lungo.train.Lesson;
import org.lungo.train.Listener;
import org.lungo.train.TextLoss;
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

    /** So many tokens are counted for comparison. */
    private static final long COUNTED_TOKENS = 8_000_000;

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
        return of(LanguageConfig.FILE.read("defaults", "", all));
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
     */
    public record Result(Path folder, LanguageEvaluation evaluation, long parameters, Speed speed, TrainingState state)
            implements Outcome {
        @Override
        public String toJson() {
            return evaluation.toJson();
        }

        @Override
        public List<String> next() {
            return List.of("lungo generate " + folder + " --prompt 'Once upon a time'");
        }

        @Override
        public String toText() {
            return String.format(
                    Locale.ROOT,
                    "%s%n%,d parameters, %,.0f tokens a second: %.2f of the machine's %.0f GFLOP/s (MFU)",
                    evaluation.toText(),
                    parameters,
                    speed.tokensPerSecond(),
                    speed.mfu(),
                    speed.gemmRate() / 1e9);
        }
    }

    @Override
    public Result run(Path folder, Listener listener) throws IOException {
        RunFolder.require(folder);
        LanguageConfig config = resolved.value();
        try (Cache cache = Cache.of(folder);
                Scope scope = Scope.open()) {
            listener.phaseStarted("reading " + config.data().path());
            Tokenizer tokenizer = Tokenizers.of(config);
            TokenFile tokens = TokenFile.write(
                    cache.file("tokens"), tokenizer, config.data().documents(), tokenizer.id(LanguageBundle.END));
            Source source = new Source(config.data().path(), ReadOptions.DEFAULTS);
            Provenance provenance = Provenance.of(command, config.seed(), source, null, Path.of(""));
            RunFolder.begin(folder, resolved, provenance);
            LanguageRun run = new LanguageRun(folder, provenance);
            LanguageModel model = model(tokenizer);
            Result result = train(run, model, tokens, listener);
            cache.close();
            if (config.model().start().lora().r() > 0) {
                LoraFiles.write(folder.resolve("adapter"), model);
            }
            run.write(new LanguageBundle(Lora.merge(model), tokenizer), result);
            return result;
        }
    }

    /** A new model, or the one that is trained on. */
    private LanguageModel model(Tokenizer tokenizer) throws IOException {
        LanguageConfig.Model model = resolved.value().model();
        Random random = Random.of(resolved.value().seed()).stream("init");
        String from = model.start().from();
        if (from == null) {
            return model.build(tokenizer.size(), random);
        }
        LanguageModel read = LanguageBundle.load(Path.of(from)).model();
        Check.that(
                model.context() <= read.context(),
                "model.context must be at most that of the model it begins with, " + read.context(),
                model.context());
        Check.that(
                model.start().lora().r() == 0 || read instanceof Llama,
                "model.lora is for models of the llama and qwen2 layouts; train all weights with model.lora.r: 0",
                "a model of the gpt2 layout");
        return model.start().lora().adapt(read, random);
    }

    private Result train(LanguageRun run, LanguageModel model, TokenFile tokens, Listener listener) {
        LanguageConfig config = resolved.value();
        TrainConfig train = config.train().config();
        listener.phaseStarted("training, to " + run.folder());
        try (Scope scope = Scope.open()) { // lets go of the mapped tokens
            double rate = Speed.measureGemm(type(train));
            StepClock clock = new StepClock(listener);
            LanguageLesson lesson = lesson(config, model, tokens.map());
            TrainingState state = new Trainer(lesson, train, Random.of(config.seed())).fit(run.checkpoints(), clock);
            listener.phaseStarted("testing");
            Lesson.Validation validation = new TextLoss(model)
                    .over(lesson.validation(), config.model().context(), Long.MAX_VALUE, Mode.INFERENCE);
            double perSecond = (double) train.batchSize() * config.model().context() / clock.secondsPerStep();
            long parameters = lesson.parameters().count();
            return new Result(
                    run.folder(),
                    new LanguageEvaluation(
                            validation.loss(), lesson.validation().size(0), trigram(lesson)),
                    parameters,
                    new Speed(perSecond, rate, operations(model, config.model().context())),
                    state);
        }
    }

    /** What counting gives; of a long text its end. */
    private static double trigram(LanguageLesson lesson) {
        Tensor train = lesson.train();
        long counted = Math.min(COUNTED_TOKENS, train.size(0));
        return TrigramModel.of(
                        ints(train.narrow(0, train.size(0) - counted, counted)),
                        lesson.model().vocabulary())
                .loss(ints(lesson.validation()));
    }

    private static int[] ints(Tensor tokens) {
        return Arrays.stream(tokens.to(DType.INT64).toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private static LanguageLesson lesson(LanguageConfig config, LanguageModel model, Tensor tokens) {
        long all = tokens.size(0);
        long train = Math.round(all * (1 - config.data().validation()));
        LanguageLesson.Sizes sizes = new LanguageLesson.Sizes(
                config.train().batchSize(),
                config.model().context(),
                config.train().stepsPerEpoch(),
                VALIDATION_TOKENS);
        return new LanguageLesson(
                model,
                tokens.narrow(0, 0, train),
                tokens.narrow(0, train, all - train),
                sizes,
                config.train().more().labelSmoothing());
    }

    private static DType type(TrainConfig train) {
        return train.more().precision() == TrainConfig.Precision.BF16 ? DType.BFLOAT16 : DType.FLOAT32;
    }

    /** What a token costs, forward and backward; attention grows with the context. */
    private static double operations(LanguageModel model, int context) {
        double widths = model instanceof Gpt gpt
                ? (double) gpt.config().layers() * gpt.config().hidden()
                : model instanceof Llama llama
                        ? (double) llama.config().layers()
                                * llama.config().heads().queries()
                                * llama.config().heads().width()
                        : 0;
        return 6.0 * Parameters.of(model).count() + 12.0 * widths * context;
    }
}
