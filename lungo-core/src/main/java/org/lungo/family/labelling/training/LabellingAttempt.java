package org.lungo.family.labelling.training;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lungo.data.LabelScheme;
import org.lungo.deploy.text.BertBundle;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.HtmlReport;
import org.lungo.evaluate.Judged;
import org.lungo.evaluate.SpanScores;
import org.lungo.evaluate.TextReport;
import org.lungo.experiment.Attempt;
import org.lungo.experiment.Look;
import org.lungo.experiment.Look.Line;
import org.lungo.experiment.RunFolder;
import org.lungo.experiment.ShellLine;
import org.lungo.experiment.TrainingMemory;
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
final class LabellingAttempt implements Attempt<LabellingEvaluation> {
    private static final TrainingMemory.Smaller SMALLER =
            new TrainingMemory.Smaller("model.embedding or model.rnn.hidden", "train.batch_tokens or model.rnn.hidden");

    private static final int GOLDEN_SENTENCES = 8;
    private static final int EXAMPLES = 12;

    /** Of more test sentences, the first ones are searched for the mistakes in the report. */
    private static final int LOOKED_AT = 1000;

    private final LabellingConfig config;
    private final LabellingParts parts;
    private final @Nullable PieceEncoder pieces;
    private final @Nullable LabellingFolds folds;
    private final WordIds ids;
    private @Nullable Tagger model;
    private @Nullable LabelLesson lesson;

    private LabellingAttempt(
            LabellingConfig config,
            LabellingParts parts,
            @Nullable PieceEncoder pieces,
            @Nullable LabellingFolds folds) {
        this.folds = folds;
        this.config = config;
        this.parts = parts;
        this.pieces = pieces;
        this.ids = WordIds.of(
                sentences(parts.train().sentences()), config.model().layers().lowercase());
    }

    /** Reads the sentences, and the BERT that the model may begin with. */
    static LabellingAttempt of(LabellingConfig config) throws IOException {
        LabellingParts parts = LabellingParts.of(config.data(), Random.of(config.seed()));
        return of(config, parts, config.evaluate().folds() == 0 ? null : LabellingFolds.of(config, parts));
    }

    /** The same with sentences that were read. */
    static LabellingAttempt of(LabellingConfig config, LabellingParts parts) throws IOException {
        return of(config, parts, null);
    }

    private static LabellingAttempt of(LabellingConfig config, LabellingParts parts, @Nullable LabellingFolds folds)
            throws IOException {
        String from = config.model().from();
        if (from == null) {
            return new LabellingAttempt(config, parts, null, folds);
        }
        BertBundle base = BertBundle.load(Path.of(from));
        double dropout = config.model().layers().dropout();
        PieceEncoder pieces = new PieceEncoder(base.tokenizer(), base.bert(), dropout);
        return new LabellingAttempt(config, parts, pieces, folds);
    }

    private static List<List<String>> sentences(List<LabelledSentence> sentences) {
        return sentences.stream().map(LabelledSentence::tokens).toList();
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
    public Look look() {
        LabelledCorpus train = parts.train();
        List<String> labels = train.labels();
        TaggerLayers layers = config.model().layers();
        double tokens = Math.min(train.tokens(), config.train().batchTokens());
        double count;
        double kept;
        if (pieces == null) {
            count = layers.count(ids, labels.size());
            kept = layers.keptPerToken(labels.size());
        } else {
            int hidden = pieces.bert().hidden();
            count = Parameters.of(pieces.bert()).count() + layers.chosen(hidden, labels.size());
            kept = pieces.bert().config().keptPerToken(Math.min(tokens, pieces.longest()))
                    + layers.chosenKept(labels.size());
        }
        return new Look(
                Map.of(),
                List.of(
                        Line.of(
                                "sentences",
                                "%,d training (%,d tokens), %,d validation, %,d test",
                                train.sentences().size(),
                                train.tokens(),
                                parts.validation().sentences().size(),
                                parts.test().sentences().size()),
                        Line.of("labels", "%s (%s)", String.join(", ", labels), train.scheme()),
                        Line.of(
                                "model",
                                "%s, %,.0f parameters",
                                pieces == null ? config.model().type() : "a tagger over a BERT",
                                count)),
                parts.notes(),
                TrainingMemory.of(0, TrainingMemory.Size.of(count), tokens * kept, SMALLER));
    }

    @Override
    public TrainingState learn(@Nullable Checkpoints checkpoints, Listener listener) {
        Tagger built = build();
        LabelLesson learned = LabelLesson.of(
                built,
                parts.train(),
                parts.validation(),
                config.train().batchTokens(),
                config.train().more().labelSmoothing());
        model = built;
        lesson = learned;
        return new Trainer(learned, config.train().config(), Random.of(config.seed())).fit(checkpoints, listener);
    }

    /** A new model, or one over the BERT that was read. */
    private Tagger build() {
        TaggerLayers layers = config.model().layers();
        List<String> labels = parts.train().labels();
        boolean plain = parts.train().scheme() == LabelScheme.PLAIN;
        Random random = Random.of(config.seed()).stream("init");
        return pieces == null ? layers.build(ids, labels, plain, random) : layers.build(pieces, labels, plain, random);
    }

    /** The model that was trained. */
    Tagger model() {
        return Objects.requireNonNull(model, "nothing was learned");
    }

    /** What the model finds in the sentences to test on. */
    SpanScores scores() {
        return LabellingEvaluation.of(model(), parts.test(), null).scores();
    }

    @Override
    public Tested<LabellingEvaluation> test(Listener listener) throws IOException {
        LabellingEvaluation evaluation = LabellingEvaluation.of(model(), parts.test(), parts.train());
        CrossValidation other = folds == null ? null : folds.run(listener);
        return new Tested<>(evaluation, config.evaluate().judged(evaluation, evaluation.summary(), other));
    }

    @Override
    public void writeExtras(Path run) throws IOException {
        FrequentLabels.of(parts.train()).save(run);
    }

    @Override
    public void save(Path folder) throws IOException {
        List<LabelledSentence> train = parts.train().sentences();
        new LabelBundle(
                        config.model().layers(),
                        model(),
                        parts.train().scheme(),
                        Splitting.of(sentences(train)),
                        config.data().encoding())
                .save(folder, sentences(train.subList(0, Math.min(GOLDEN_SENTENCES, train.size()))), config.serve());
    }

    @Override
    public HtmlReport report(Tested<LabellingEvaluation> tested, Background background) {
        return new TextReport(
                background.data(),
                (Judged) tested.measured(),
                RunFolder.curves(background.state()),
                parts.notes(),
                mistakes(),
                background.provenance());
    }

    /** A sentence and its wrong tokens, in words. */
    private record Mistakes(String sentence, List<String> tokens) {}

    /** Sentences with the most mistakes among the first ones of the test. */
    private List<TextReport.Examples> mistakes() {
        List<LabelledSentence> some = parts.test().sentences();
        some = some.subList(0, Math.min(LOOKED_AT, some.size()));
        List<List<String>> predicted = model().label(sentences(some));
        List<Mistakes> found = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            Mistakes mistakes = mistakes(some.get(i), predicted.get(i));
            if (!mistakes.tokens().isEmpty()) {
                found.add(mistakes);
            }
        }
        found.sort(Comparator.comparing((Mistakes one) -> -one.tokens().size()));
        List<List<String>> rows = found.stream()
                .limit(EXAMPLES)
                .map(one -> List.of(one.sentence(), String.join("; ", one.tokens())))
                .toList();
        return rows.isEmpty()
                ? List.of()
                : List.of(new TextReport.Examples(
                        "The worst mistakes",
                        "Sentences of the test with the most wrong tokens",
                        List.of("sentence", "predicted"),
                        rows));
    }

    private static Mistakes mistakes(LabelledSentence sentence, List<String> predicted) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < sentence.length(); i++) {
            String target = sentence.labels().get(i);
            if (!target.equals(predicted.get(i))) {
                wrong.add(sentence.tokens().get(i) + ": " + predicted.get(i) + ", should be " + target);
            }
        }
        return new Mistakes(String.join(" ", sentence.tokens()), wrong);
    }

    @Override
    public Remarks remarks(Path run, Tested<LabellingEvaluation> tested, TrainingState state, Pace pace) {
        LabelLesson learned = Objects.requireNonNull(lesson);
        long parameters = Parameters.of(model()).count();
        double perSecond = (double) learned.examples() / learned.batches() / pace.secondsPerStep();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("parameters", parameters);
        figures.put("tokens_per_second", perSecond);
        figures.put("notes", parts.notes());
        return new Remarks(
                parts.notes(),
                figures,
                String.format(
                                Locale.ROOT,
                                "best epoch %d of %d, %,d parameters",
                                state.bestEpoch(),
                                state.epoch(),
                                parameters)
                        + (Double.isNaN(perSecond)
                                ? ""
                                : String.format(Locale.ROOT, ", %,.0f tokens a second", perSecond)),
                next(run));
    }

    /** Commands that use the model; one on the sentences of the test if they are in one file. */
    private List<String> next(Path run) {
        String test = config.data().test();
        String file = test == null ? config.data().path() : test;
        List<String> next = new ArrayList<>();
        if (new File(file).isFile()) {
            next.add(ShellLine.lungo("predict", run.toString(), file));
        }
        next.add(ShellLine.lungo("serve", run.toString()));
        return next;
    }
}
