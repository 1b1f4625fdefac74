package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lungo.data.LabelScheme;
import org.lungo.data.LabelledCorpus;
import org.lungo.data.LabelledSentence;
import org.lungo.deploy.labels.LabelBundle;
import org.lungo.deploy.text.BertBundle;
import org.lungo.model.PieceEncoder;
import org.lungo.model.Tagger;
import org.lungo.model.TaggerLayers;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.Splitting;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.Random;
import org.lungo.train.Checkpoints;
import org.lungo.train.LabelLesson;
import org.lungo.train.Listener;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/** One run of a model that learns to label tokens. */
record LabellingAttempt(LabellingConfig config, LabellingParts parts, Tagger model, LabelLesson lessons)
        implements Attempt<LabellingExperiment.Result> {
    private static final int GOLDEN_SENTENCES = 8;

    /** Reads the sentences; the model is fresh, or begins with a BERT. */
    static LabellingAttempt of(LabellingConfig config) throws IOException {
        LabellingParts parts = LabellingParts.of(config.data(), Random.of(config.seed()));
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
        return new Trainer(lessons, config.train().config(), Random.of(config.seed())).fit(checkpoints, listener);
    }

    @Override
    public LabellingExperiment.Result test(Path run, TrainingState state, Pace pace) {
        LabellingEvaluation evaluation = LabellingEvaluation.of(model, parts.test());
        return new LabellingExperiment.Result(
                run,
                evaluation,
                parts.notes(),
                Parameters.of(model).count(),
                (double) lessons.examples() / lessons.batches() / pace.secondsPerStep(),
                state,
                config.evaluate().outcomes(evaluation.summary()));
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
