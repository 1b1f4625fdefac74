package org.lungo.family.labelling.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.LabelScheme;
import org.lungo.deploy.text.BertBundle;
import org.lungo.evaluate.SpanScores;
import org.lungo.evaluate.TextReport;
import org.lungo.experiment.Attempt;
import org.lungo.family.labelling.LabelBundle;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.family.labelling.PieceEncoder;
import org.lungo.family.labelling.Tagger;
import org.lungo.family.labelling.TaggerLayers;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.Splitting;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.Random;
import org.lungo.train.Checkpoints;
import org.lungo.train.Listener;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/** One run of a model that learns to label tokens. */
record LabellingAttempt(LabellingConfig config, LabellingParts parts, Tagger model, LabelLesson lessons)
        implements Attempt<LabellingExperiment.Result> {
    private static final int GOLDEN_SENTENCES = 8;

    private static final int EXAMPLES = 12;

    /** Of more sentences, the report's mistakes are taken from so many. */
    private static final int LOOKED_AT = 1000;

    /** Reads the sentences; the model is fresh, or begins with a BERT. */
    static LabellingAttempt of(LabellingConfig config) throws IOException {
        LabellingParts parts = LabellingParts.of(config.data(), Random.of(config.seed()));
        LabellingFolds.of(config, parts.all());
        return of(config, parts);
    }

    /** The same with sentences that were read. */
    static LabellingAttempt of(LabellingConfig config, LabellingParts parts) throws IOException {
        Random random = Random.of(config.seed()).stream("init");
        Tagger model = model(config.model(), sentences(parts), parts.train(), random);
        LabelLesson lesson = LabelLesson.of(
                model,
                parts.train(),
                parts.validation(),
                config.train().batchTokens(),
                config.train().more().labelSmoothing());
        return new LabellingAttempt(config, parts, model, lesson);
    }

    /** A new model, or one over a BERT that is there. */
    private static Tagger model(
            LabellingConfig.Model model, List<List<String>> sentences, LabelledCorpus train, Random random)
            throws IOException {
        TaggerLayers layers = model.layers();
        boolean plain = train.scheme() == LabelScheme.PLAIN;
        if (model.from() == null) {
            return layers.build(WordIds.of(sentences, layers.lowercase()), train.labels(), plain, random);
        }
        BertBundle base = BertBundle.load(Path.of(model.from()));
        PieceEncoder encoder = new PieceEncoder(base.tokenizer(), base.bert(), layers.dropout());
        return layers.build(encoder, train.labels(), plain, random);
    }

    private static List<List<String>> sentences(LabellingParts parts) {
        return parts.train().sentences().stream().map(LabelledSentence::tokens).toList();
    }

    @Override
    public Fingerprints fingerprints() {
        LabellingConfig.Data data = config.data();
        String hashes = data.files(data.path()).fingerprint();
        if (data.validation() != null) {
            hashes += " " + data.files(data.validation()).fingerprint();
        }
        return new Fingerprints(
                hashes, data.test() == null ? null : data.files(data.test()).fingerprint());
    }

    @Override
    public String lesson() {
        return " on " + parts.train().sentences().size() + " sentences";
    }

    @Override
    public TrainingState learn(Checkpoints checkpoints, Listener listener) {
        return fit(checkpoints, listener);
    }

    /** The same; {@code checkpoints} is null where none are kept. */
    TrainingState fit(@Nullable Checkpoints checkpoints, Listener listener) {
        return new Trainer(lessons, config.train().config(), Random.of(config.seed())).fit(checkpoints, listener);
    }

    /** What the model finds in the sentences to test on. */
    SpanScores scores() {
        return LabellingEvaluation.of(model, parts.test(), null).scores();
    }

    @Override
    public LabellingExperiment.Result test(Path run, TrainingState state, Pace pace, Listener listener)
            throws IOException {
        LabellingEvaluation evaluation = LabellingEvaluation.of(model, parts.test(), parts.train());
        if (config.evaluate().folds() > 0) {
            evaluation =
                    evaluation.beside(LabellingFolds.of(config, parts.all()).run(parts.validation(), listener));
        }
        return new LabellingExperiment.Result(
                run,
                evaluation,
                parts.notes(),
                Parameters.of(model).count(),
                (double) lessons.examples() / lessons.batches() / pace.secondsPerStep(),
                state,
                config.evaluate().bars().outcomes(evaluation, evaluation.summary()));
    }

    /** Sentences with the most mistakes among the first ones of the test. */
    @Override
    public Page page(LabellingExperiment.Result result) {
        List<LabelledSentence> some = parts.test().sentences();
        some = some.subList(0, Math.min(LOOKED_AT, some.size()));
        List<List<String>> said =
                model.label(some.stream().map(LabelledSentence::tokens).toList());
        record Mistakes(String sentence, List<String> words) {}
        List<Mistakes> found = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            LabelledSentence sentence = some.get(i);
            List<String> words = new ArrayList<>();
            for (int j = 0; j < sentence.length(); j++) {
                String truth = sentence.labels().get(j);
                if (!truth.equals(said.get(i).get(j))) {
                    words.add(sentence.tokens().get(j) + ": " + said.get(i).get(j) + ", should be " + truth);
                }
            }
            if (!words.isEmpty()) {
                found.add(new Mistakes(String.join(" ", sentence.tokens()), words));
            }
        }
        found.sort(Comparator.comparing((Mistakes one) -> -one.words().size()));
        List<List<String>> rows = found.stream()
                .limit(EXAMPLES)
                .map(one -> List.of(one.sentence(), String.join("; ", one.words())))
                .toList();
        return new Page(
                result.judged(),
                parts.notes(),
                rows.isEmpty()
                        ? List.of()
                        : List.of(new TextReport.Examples(
                                "The worst mistakes",
                                "Sentences of the test with the most wrong tokens",
                                List.of("sentence", "what the model said"),
                                rows)));
    }

    @Override
    public void save(Path folder) throws IOException {
        List<List<String>> sentences = sentences(parts);
        LabelScheme scheme = parts.train().scheme();
        new LabelBundle(
                        config.model().layers(),
                        model,
                        scheme,
                        Splitting.of(sentences),
                        config.data().encoding())
                .save(folder, sentences.subList(0, Math.min(GOLDEN_SENTENCES, sentences.size())), config.serve());
    }

    @Override
    public Map<String, Object> figures(LabellingExperiment.Result result) {
        return result.figures();
    }
}
