package org.lungo.family.language.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.Sampling;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.HtmlReport;
import org.lungo.evaluate.Judged;
import org.lungo.evaluate.TextReport;
import org.lungo.experiment.Attempt;
import org.lungo.experiment.Cache;
import org.lungo.experiment.FirstWords;
import org.lungo.experiment.Look;
import org.lungo.experiment.RunFolder;
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
import org.lungo.train.OneBatch;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/** One run of a language model. */
final class LanguageAttempt implements Attempt<LanguageEvaluation> {
    /** The number of tokens that say after each epoch how good the model is; the whole rest of the text says it at the end. */
    private static final long VALIDATION_TOKENS = 32_768;

    private static final int SAMPLES = 3;
    private static final long SHOWN_TOKENS = 160;
    private static final int SAMPLE_TOKENS = 120;

    private final LanguageConfig config;
    private final Tokenizer tokenizer;
    private final TokenFile tokens;
    private final boolean byHeart;
    private @Nullable LanguageTask task;
    private @Nullable Scope mapping;
    private @Nullable Tensor all;
    private @Nullable Text text;
    private List<GoldenTokens.Given> golden = List.of();
    private String words = "";

    /** The tokens of two parts of a text, each INT32 [tokens]. */
    record Text(Tensor train, Tensor validation) {
        /** The last {@code share} of a text is validated on. */
        static Text of(Tensor all, double share) {
            long first = Math.round(all.size(0) * (1 - share));
            return new Text(all.narrow(0, 0, first), all.narrow(0, first, all.size(0) - first));
        }
    }

    private LanguageAttempt(
            LanguageConfig config,
            Tokenizer tokenizer,
            TokenFile tokens,
            boolean byHeart,
            @Nullable LanguageTask task) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.tokens = tokens;
        this.byHeart = byHeart;
        this.task = task;
    }

    /** Reads the text into a file of tokens, and the model that training may begin with. */
    static LanguageAttempt of(LanguageConfig config, Cache cache) throws IOException {
        return of(config, cache, false);
    }

    /** The same for a smoke test, which overfits one batch of the text. */
    static LanguageAttempt byHeart(LanguageConfig config, Cache cache) throws IOException {
        return of(config, cache, true);
    }

    private static LanguageAttempt of(LanguageConfig config, Cache cache, boolean byHeart) throws IOException {
        Tokenizer tokenizer = Tokenizers.of(config);
        boolean begins = config.model().start().from() != null;
        LanguageTask task = begins ? LanguageTask.of(config, tokenizer) : null;
        Integer end = LanguageTask.end(config.model().type() == LanguageConfig.Type.BERT, tokenizer);
        TokenFile tokens =
                TokenFile.write(cache.file("tokens"), tokenizer, config.data().documents(), end);
        LanguageFolds.requireEnough(config, tokens.tokens());
        return new LanguageAttempt(config, tokenizer, tokens, byHeart, task);
    }

    @Override
    public Fingerprints fingerprints() {
        return new Fingerprints(tokens.fingerprint(), null);
    }

    @Override
    public Look look() {
        return LanguageLook.of(config, tokenizer, tokens, task);
    }

    @Override
    public DType products() {
        return config.train().config().products();
    }

    @Override
    public TrainingState learn(@Nullable Checkpoints checkpoints, Listener listener) throws IOException {
        LanguageTask built = task == null ? LanguageTask.of(config, tokenizer) : task;
        task = built;
        Text mapped = mapped();
        text = mapped;
        golden = golden(mapped.validation());
        words = words(mapped.validation());
        return fit(config, built, mapped, byHeart, checkpoints, listener);
    }

    /** Trains on a text; what is trained lives in the scope that is open now. */
    static TrainingState fit(
            LanguageConfig config,
            LanguageTask task,
            Text text,
            boolean byHeart,
            @Nullable Checkpoints checkpoints,
            Listener listener) {
        LanguageLesson.Sizes sizes = new LanguageLesson.Sizes(
                config.train().batchSize(),
                config.model().context(),
                config.train().stepsPerEpoch(),
                VALIDATION_TOKENS);
        Lesson lesson = task.lesson(
                text.train(), text.validation(), sizes, config.train().more().labelSmoothing());
        Random random = Random.of(config.seed());
        return new Trainer(
                        byHeart ? new OneBatch(lesson, random) : lesson,
                        config.train().config(),
                        random)
                .fit(checkpoints, listener);
    }

    /** The tokens, mapped from their file in a scope of their own. */
    private Text mapped() {
        mapping = Scope.open();
        Tensor mapped = tokens.map();
        all = mapped;
        return Text.of(mapped, config.data().validation());
    }

    private LanguageTask task() {
        return Objects.requireNonNull(task, "nothing was learned");
    }

    @Override
    public Tested<LanguageEvaluation> test(Listener listener) throws IOException {
        Text mapped = Objects.requireNonNull(text, "nothing was learned");
        LanguageEvaluation evaluation = task().evaluate(
                        mapped.train(), mapped.validation(), config.model().context());
        CrossValidation other = config.evaluate().folds() == 0
                ? null
                : new LanguageFolds(config, tokenizer, Objects.requireNonNull(all)).run(listener);
        close();
        return new Tested<>(evaluation, config.evaluate().judged(evaluation, evaluation.summary(), other));
    }

    /** The first words of {@code text}, INT32 [tokens], which may begin within a word. */
    private String words(Tensor text) {
        int[] first = LanguageTask.ints(text.narrow(0, 0, Math.min(SHOWN_TOKENS, text.size(0))));
        return FirstWords.within(tokenizer.decodeText(first));
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

    @Override
    public void writeExtras(Path run) throws IOException {
        task().writeExtras(run);
    }

    @Override
    public void save(Path model) throws IOException {
        task().bundle(tokenizer).save(model, config.serve(), golden);
    }

    @Override
    public HtmlReport report(Tested<LanguageEvaluation> tested, Background background) {
        return new TextReport(
                background.data(),
                (Judged) tested.measured(),
                RunFolder.curves(background.state()),
                List.of(),
                samples(),
                background.provenance());
    }

    /** Texts that the model writes; a BERT writes none. */
    private List<TextReport.Examples> samples() {
        try (Scope scope = Scope.open()) {
            if (!(task().bundle(tokenizer) instanceof LanguageBundle bundle)) {
                return List.of();
            }
            TextGenerator generator = new TextGenerator(bundle, Set.of());
            List<List<String>> rows = new ArrayList<>();
            for (int seed = 1; seed <= SAMPLES; seed++) {
                GenerationSettings settings = new GenerationSettings(
                        Math.min(SAMPLE_TOKENS, bundle.context()), Sampling.PLAIN, List.of(), seed);
                rows.add(List.of(
                        "seed " + seed,
                        generator.generate("", settings, piece -> {}).text()));
            }
            return List.of(new TextReport.Examples(
                    "What it writes",
                    "Texts begun from nothing, drawn by the model's own probabilities",
                    List.of("sample", "text"),
                    rows));
        }
    }

    @Override
    public Remarks remarks(Path run, Tested<LanguageEvaluation> tested, TrainingState state, Pace pace) {
        int context = config.model().context();
        long parameters = task().parameters().count();
        double perSecond = (double) config.train().batchSize() * context / pace.secondsPerStep();
        Speed speed = new Speed(perSecond, pace.gemmRate(), task().operations(context));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("parameters", parameters);
        speed.putInto(figures);
        return new Remarks(
                List.of(),
                figures,
                String.format(Locale.ROOT, "%,d parameters%s", parameters, speed.toText("tokens")),
                task().next(run, words));
    }

    /** Lets go of the mapped tokens: the file goes with the cache. */
    @Override
    public void close() {
        if (mapping != null) {
            mapping.close();
            mapping = null;
        }
    }
}
