package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.Sampling;
import org.lungo.evaluate.TextReport;
import org.lungo.experiment.Attempt;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Speed;
import org.lungo.family.language.TextGenerator;
import org.lungo.preprocess.tokenizer.TokenFile;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Checkpoints;
import org.lungo.train.Lesson;
import org.lungo.train.Listener;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/** One run of a language model. */
final class LanguageAttempt implements Attempt<LanguageExperiment.Result> {
    /** So many tokens say during training how good the model is; the whole rest of the text says it at the end. */
    private static final long VALIDATION_TOKENS = 32_768;

    private static final int SAMPLES = 3;
    private static final int SAMPLE_TOKENS = 120;

    private final LanguageConfig config;
    private final Tokenizer tokenizer;
    private final LanguageTask task;
    private final TokenFile tokens;
    private @Nullable Text text;
    private List<GoldenTokens.Given> golden = List.of();

    /**
     * The tokens, mapped from their file.
     *
     * @param scope they live in
     */
    private record Text(Scope scope, Tensor train, Tensor validation) {}

    private LanguageAttempt(LanguageConfig config, Tokenizer tokenizer, LanguageTask task, TokenFile tokens) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.task = task;
        this.tokens = tokens;
    }

    /** Reads the text into a file of tokens; the model is fresh, or begins with another. */
    static LanguageAttempt of(LanguageConfig config, Cache cache) throws IOException {
        Tokenizer tokenizer = Tokenizers.of(config);
        LanguageTask task = LanguageTask.of(config, tokenizer);
        TokenFile tokens =
                TokenFile.write(cache.file("tokens"), tokenizer, config.data().documents(), task.end(tokenizer));
        return new LanguageAttempt(config, tokenizer, task, tokens);
    }

    @Override
    public Fingerprints fingerprints() {
        return new Fingerprints(tokens.fingerprint(), null);
    }

    @Override
    public DType products() {
        return config.train().config().products();
    }

    @Override
    public TrainingState learn(Checkpoints checkpoints, Listener listener) {
        Scope scope = Scope.open();
        Tensor all = tokens.map();
        long first = Math.round(all.size(0) * (1 - config.data().validation()));
        Text mapped = new Text(scope, all.narrow(0, 0, first), all.narrow(0, first, all.size(0) - first));
        text = mapped;
        LanguageLesson.Sizes sizes = new LanguageLesson.Sizes(
                config.train().batchSize(),
                config.model().context(),
                config.train().stepsPerEpoch(),
                VALIDATION_TOKENS);
        Lesson lesson = task.lesson(
                mapped.train(),
                mapped.validation(),
                sizes,
                config.train().more().labelSmoothing());
        return new Trainer(lesson, config.train().config(), Random.of(config.seed())).fit(checkpoints, listener);
    }

    @Override
    public LanguageExperiment.Result test(Path run, TrainingState state, Pace pace, Listener listener) {
        int context = config.model().context();
        Text mapped = Objects.requireNonNull(text, "nothing was learned");
        LanguageEvaluation evaluation = task.evaluate(mapped.train(), mapped.validation(), context);
        golden = golden(mapped.validation());
        close();
        double perSecond = (double) config.train().batchSize() * context / pace.secondsPerStep();
        Speed speed = new Speed(perSecond, pace.gemmRate(), task.operations(context));
        return new LanguageExperiment.Result(
                run,
                evaluation,
                task.parameters().count(),
                speed,
                state,
                task.next(run),
                config.evaluate().outcomes(evaluation.summary()));
    }

    /** Pieces of {@code text}, INT32 [tokens], spread over it; none of one that is shorter than they are. */
    private static List<GoldenTokens.Given> golden(Tensor text) {
        long spare = text.size(0) - GoldenTokens.LENGTH;
        List<GoldenTokens.Given> pieces = new ArrayList<>();
        for (int i = 0; i < GoldenTokens.EXAMPLES && spare >= 0; i++) {
            Tensor piece = text.narrow(0, spare * i / GoldenTokens.EXAMPLES, GoldenTokens.LENGTH);
            pieces.add(GoldenTokens.Given.of(
                    Arrays.stream(piece.to(DType.INT64).toLongs()).boxed().toList()));
        }
        return pieces;
    }

    /** Texts that it writes; a BERT writes none. */
    @Override
    public Page page(LanguageExperiment.Result result) {
        List<TextReport.Examples> examples = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            if (task.bundle(tokenizer) instanceof LanguageBundle bundle) {
                TextGenerator generator = new TextGenerator(bundle, Set.of());
                List<List<String>> rows = new ArrayList<>();
                for (int seed = 1; seed <= SAMPLES; seed++) {
                    GenerationSettings settings = new GenerationSettings(
                            Math.min(SAMPLE_TOKENS, bundle.context()), Sampling.PLAIN, List.of(), seed);
                    rows.add(List.of(
                            "seed " + seed,
                            generator.generate("", settings, piece -> {}).text()));
                }
                examples.add(new TextReport.Examples(
                        "What it writes",
                        "Texts begun from nothing, drawn by the model's own probabilities",
                        List.of("sample", "text"),
                        rows));
            }
        }
        return new Page(result.judged(), List.of(), examples);
    }

    @Override
    public void writeBeside(Path run) throws IOException {
        task.writeBeside(run);
    }

    @Override
    public void save(Path model) throws IOException {
        task.bundle(tokenizer).save(model, config.serve(), golden);
    }

    @Override
    public Map<String, Object> figures(LanguageExperiment.Result result) {
        return result.figures();
    }

    /** Lets go of the mapped tokens: the file goes with the cache. */
    @Override
    public void close() {
        if (text != null) {
            text.scope().close();
            text = null;
        }
    }
}
