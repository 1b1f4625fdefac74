package org.lungo.family.translation.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lungo.evaluate.TextReport;
import org.lungo.experiment.Attempt;
import org.lungo.experiment.Speed;
import org.lungo.family.translation.TranslationBundle;
import org.lungo.family.translation.Translator;
import org.lungo.model.Transformer;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.train.Checkpoints;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/** One run of a model that learns to translate. */
record TranslationAttempt(TranslationConfig config, TranslationData data, TranslationBundle bundle)
        implements Attempt<TranslationExperiment.Result> {
    private static final int EXAMPLES = 12;

    /** Reads the pairs; the model is fresh. */
    static TranslationAttempt of(TranslationConfig config) throws IOException {
        TranslationData data = TranslationData.of(config);
        int vocabulary = data.tokens().tokenizer().size();
        Transformer model = config.model().build(vocabulary, Random.of(config.seed()).stream("init"));
        return new TranslationAttempt(config, data, new TranslationBundle(model, data.tokens()));
    }

    @Override
    public Fingerprints fingerprints() {
        ParallelTexts validation = config.data().validationTexts();
        return new Fingerprints(
                config.data().texts().fingerprint(), validation == null ? null : validation.fingerprint());
    }

    @Override
    public DType products() {
        return config.train().config().products();
    }

    @Override
    public TrainingState learn(Checkpoints checkpoints, Listener listener) {
        return new Trainer(told(), config.train().config(), Random.of(config.seed())).fit(checkpoints, listener);
    }

    private TranslationLesson told() {
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

    @Override
    public TranslationExperiment.Result test(Path run, TrainingState state, Pace pace, Listener listener) {
        TranslationLesson lesson = told();
        double perSecond = (double) lesson.examples() / lesson.batches() / pace.secondsPerStep();
        TranslationEvaluation evaluation =
                TranslationEvaluation.of(bundle, data, config.train().batchTokens());
        return new TranslationExperiment.Result(
                run,
                evaluation,
                lesson.parameters().count(),
                new Speed(perSecond, pace.gemmRate(), operations()),
                state,
                data.notes(),
                config.evaluate().outcomes(evaluation.summary()));
    }

    /** Some translations beside their references. */
    @Override
    public Page page(TranslationExperiment.Result result) {
        List<ParallelTexts.Pair> some = TranslationEvaluation.spread(data.held(), EXAMPLES);
        List<Translator.Translation> said = new Translator(bundle)
                .translateAll(some.stream().map(ParallelTexts.Pair::source).toList(), Translator.Settings.DEFAULTS);
        List<List<String>> rows = IntStream.range(0, some.size())
                .mapToObj(i -> List.of(
                        some.get(i).source(), said.get(i).text(), some.get(i).target()))
                .toList();
        return new Page(
                result.judged(),
                data.notes(),
                List.of(new TextReport.Examples(
                        "Translations beside their references",
                        "Some of the pairs that were held out, spread over all",
                        List.of("text", "translation", "reference"),
                        rows)));
    }

    @Override
    public void save(Path model) throws IOException {
        bundle.save(model, config.serve(), data.validation().golden());
    }

    @Override
    public Map<String, Object> figures(TranslationExperiment.Result result) {
        return result.figures();
    }

    /** What a token of a translation costs, forward and backward, its share of the text included; 6 for each weight. */
    private double operations() {
        Transformer model = bundle.model();
        double read =
                data.train().sources().stream().mapToLong(ids -> ids.length).sum();
        double reading = Parameters.of(model.encoder()).count();
        double writing = Parameters.of(model.decoder()).count()
                + model.head().weight().value().elements();
        return 6 * (reading * read / data.train().told() + writing);
    }
}
