package org.lungo.family.translation.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.HtmlReport;
import org.lungo.evaluate.Judged;
import org.lungo.evaluate.TextReport;
import org.lungo.experiment.Attempt;
import org.lungo.experiment.FirstWords;
import org.lungo.experiment.Look;
import org.lungo.experiment.Look.Line;
import org.lungo.experiment.RunFolder;
import org.lungo.experiment.ShellLine;
import org.lungo.experiment.Speed;
import org.lungo.experiment.TrainingMemory;
import org.lungo.family.translation.TranslationBundle;
import org.lungo.family.translation.Translator;
import org.lungo.model.Transformer;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.train.Checkpoints;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;
import org.lungo.train.TokenLoss;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/** One run of a model that learns to translate. */
final class TranslationAttempt implements Attempt<TranslationEvaluation> {
    private static final int SHOWN_CHARACTERS = 80;
    private static final TrainingMemory.Smaller SMALLER =
            new TrainingMemory.Smaller("model.hidden or model.encoder_layers", "train.batch_tokens or model.hidden");

    private static final int EXAMPLES = 12;

    private final TranslationConfig config;
    private final TranslationData data;
    private final @Nullable TranslationFolds folds;
    private @Nullable TranslationBundle bundle;
    private @Nullable TranslationLesson lesson;

    private TranslationAttempt(TranslationConfig config, TranslationData data, @Nullable TranslationFolds folds) {
        this.folds = folds;
        this.config = config;
        this.data = data;
    }

    /** Reads the pairs. */
    static TranslationAttempt of(TranslationConfig config) throws IOException {
        TranslationFolds folds = config.evaluate().folds() == 0 ? null : TranslationFolds.of(config);
        return new TranslationAttempt(config, TranslationData.of(config), folds);
    }

    /** The same with pairs that were read. */
    static TranslationAttempt of(TranslationConfig config, TranslationData data) {
        return new TranslationAttempt(config, data, null);
    }

    @Override
    public Fingerprints fingerprints() {
        ParallelTexts validation = config.data().validationTexts();
        return new Fingerprints(
                config.data().texts().fingerprint(), validation == null ? null : validation.fingerprint());
    }

    @Override
    public Look look() {
        int vocabulary = data.tokens().tokenizer().size();
        Transformer.Config network = config.model().network(vocabulary);
        TokenPairs train = data.train();
        double targets = Math.min(train.targetTokens(), config.train().batchTokens());
        double sources = targets * train.sourceTokens() / train.targetTokens();
        double kept = sources * network.keptPerSourceToken((double) train.sourceTokens() / train.size())
                + targets * network.keptPerTargetToken((double) train.targetTokens() / train.size())
                + TokenLoss.kept(targets, vocabulary);
        return new Look(
                Map.of(),
                List.of(
                        Line.of(
                                "pairs",
                                "%,d training, %,d validation; %,d tokens to read, %,d to write, of %,d different ones",
                                train.size(),
                                data.validation().size(),
                                train.sourceTokens(),
                                train.targetTokens(),
                                vocabulary),
                        Line.of("model", "%s, %,.0f parameters", config.model().type(), network.count())),
                data.notes(),
                TrainingMemory.of(
                        4.0 * (train.sourceTokens() + train.targetTokens()),
                        TrainingMemory.Size.of(network.count()),
                        kept,
                        SMALLER));
    }

    @Override
    public DType products() {
        return config.train().config().products();
    }

    @Override
    public TrainingState learn(@Nullable Checkpoints checkpoints, Listener listener) {
        int vocabulary = data.tokens().tokenizer().size();
        Transformer model = config.model().network(vocabulary).build(Random.of(config.seed()).stream("init"));
        TranslationBundle built = new TranslationBundle(model, data.tokens());
        TranslationConfig.Training train = config.train();
        boolean writes = train.earlyStop().monitor().equals(EpochReport.VALIDATION + TranslationLesson.BLEU);
        TranslationLesson learned = new TranslationLesson(
                model,
                data.train(),
                data.validation(),
                train.batchTokens(),
                train.more().labelSmoothing(),
                writes ? () -> TranslationEvaluation.quickBleu(built, data) : null);
        bundle = built;
        lesson = learned;
        return new Trainer(learned, train.config(), Random.of(config.seed())).fit(checkpoints, listener);
    }

    private TranslationBundle bundle() {
        return Objects.requireNonNull(bundle, "nothing was learned");
    }

    @Override
    public Tested<TranslationEvaluation> test(Listener listener) throws IOException {
        TranslationEvaluation evaluation = evaluated(data);
        CrossValidation other = folds == null ? null : folds.run(listener);
        return new Tested<>(evaluation, config.evaluate().judged(evaluation, evaluation.summary(), other));
    }

    /** How well the model translates the pairs that {@code pairs} holds out. */
    TranslationEvaluation evaluated(TranslationData pairs) {
        return TranslationEvaluation.of(bundle(), pairs, config.train().batchTokens());
    }

    @Override
    public void save(Path model) throws IOException {
        bundle().save(model, config.serve(), data.validation().golden());
    }

    /** Shows some translations and their references. */
    @Override
    public HtmlReport report(Tested<TranslationEvaluation> tested, Background background) {
        List<ParallelTexts.Pair> some = TranslationEvaluation.spread(data.held(), EXAMPLES);
        List<Translator.Translation> said = new Translator(bundle())
                .translateAll(some.stream().map(ParallelTexts.Pair::source).toList(), Translator.Settings.DEFAULTS);
        List<List<String>> rows = IntStream.range(0, some.size())
                .mapToObj(i -> List.of(
                        some.get(i).source(), said.get(i).text(), some.get(i).target()))
                .toList();
        return new TextReport(
                background.data(),
                (Judged) tested.measured(),
                RunFolder.curves(background.state()),
                data.notes(),
                List.of(new TextReport.Examples(
                        "Translations and their references",
                        "Some of the pairs that were held out, spread over all",
                        List.of("text", "translation", "reference"),
                        rows)),
                background.provenance());
    }

    @Override
    public Remarks remarks(Path run, Tested<TranslationEvaluation> tested, TrainingState state, Pace pace) {
        TranslationLesson learned = Objects.requireNonNull(lesson);
        long parameters = learned.parameters().count();
        double perSecond = (double) learned.examples() / learned.batches() / pace.secondsPerStep();
        Speed speed = new Speed(perSecond, pace.gemmRate(), operations());
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("parameters", parameters);
        speed.putInto(figures);
        figures.put("notes", data.notes());
        return new Remarks(
                data.notes(),
                figures,
                String.format(Locale.ROOT, "%,d parameters%s", parameters, speed.toText("tokens of translations")),
                List.of(
                        ShellLine.of("echo", sentence()) + " | " + ShellLine.lungo("translate", run.toString()),
                        ShellLine.lungo("evaluate", run.toString())));
    }

    /** A text that was held out: the first that fits on a line. */
    private String sentence() {
        return data.held().stream()
                .map(pair -> pair.source().strip())
                .filter(text -> !text.isEmpty() && text.length() <= SHOWN_CHARACTERS)
                .findFirst()
                .orElseGet(() -> FirstWords.of(data.held().get(0).source()));
    }

    /** What a token of a translation costs, forward and backward, its share of the text included; 6 for each weight. */
    private double operations() {
        Transformer model = bundle().model();
        double reading = Parameters.of(model.encoder()).count();
        double writing = Parameters.of(model.decoder()).count()
                + model.head().weight().value().elements();
        return 6 * (reading * data.train().sourceTokens() / data.train().targetTokens() + writing);
    }
}
