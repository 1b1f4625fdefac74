package org.lungo.family.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.data.ReadOptions;
import org.lungo.data.RowParser;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.deploy.GoldenFile;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.ServeConfig;
import org.lungo.preprocess.Encoded;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.CorruptFileException;

/**
 * A trained model that answers for raw rows.
 *
 * <pre>{@code
 * Predictor predictor = Predictor.load(Path.of("runs/churn-001"));
 * Prediction prediction = predictor.predict(Map.of("age", 41, "plan", "gold"));
 * System.out.println(prediction.label() + " " + prediction.probability());
 * }</pre>
 *
 * <p>May be used by several threads at once.
 */
public final class Predictor {
    private final TableBundle bundle;
    private final String fingerprint;
    private final Scorer scorer;
    private final RowParser parser;
    private final Golden golden;
    private final ServeConfig serve;

    private Predictor(TableBundle bundle, String fingerprint, Golden golden, ServeConfig serve) {
        this.fingerprint = fingerprint;
        this.golden = golden;
        this.serve = serve;
        this.bundle = bundle;
        this.scorer = new Scorer(bundle.folded());
        this.parser = new RowParser(bundle.table().features(), bundle.missing());
    }

    /**
     * Loads a run folder or its model folder, checks every file against the manifest and replays the golden rows.
     *
     * @throws CorruptFileException when a file is damaged or the model no longer answers as it did
     * @throws IOException when it cannot be read
     */
    public static Predictor load(Path folder) throws IOException {
        Path model = ModelFolder.inside(folder);
        Predictor predictor = new Predictor(
                TableBundle.load(model),
                Manifest.fingerprint(model),
                TableBundle.golden(model),
                ServeConfig.load(model));
        predictor.replay(model);
        return predictor;
    }

    private void replay(Path folder) {
        double[][] scores = scorer.scores(parser.parse(golden.rows()));
        for (int row = 0; row < scores.length; row++) {
            GoldenFile.requireNear(folder, Golden.name(row), golden.scores().get(row), scores[row], Golden.TOLERANCE);
        }
    }

    /** The answer for one row of raw values by column name. Missing columns are missing values, others are ignored. */
    public Prediction predict(Map<String, ?> row) {
        return predict(List.of(row)).get(0);
    }

    /** The answers for several rows. */
    public List<Prediction> predict(List<? extends Map<String, ?>> rows) {
        return predict(parser.parse(rows));
    }

    /** The answers for the rows of a table that has the {@linkplain #features() needed columns}. */
    public List<Prediction> predict(Table table) {
        return java.util.Arrays.stream(scorer.scores(table))
                .map(this::prediction)
                .toList();
    }

    /** The answer that {@code scores}, one row of {@link #scores(Table)}, stand for. */
    public Prediction prediction(double... scores) {
        FittedTarget target = bundle.target();
        if (target.task() == Task.REGRESSION) {
            return new Prediction(null, null, Map.of(), scores[0], null);
        }
        Map<String, Double> probabilities = new LinkedHashMap<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            String name = target.classes().get(i);
            probabilities.put(name, scores[i]);
            if (target.has(scores[i])) {
                labels.add(name);
            }
        }
        if (target.task() == Task.MULTILABEL) {
            return new Prediction(null, null, probabilities, null, List.copyOf(labels));
        }
        int decided = target.decide(scores);
        return new Prediction(target.classes().get(decided), scores[decided], probabilities, null, null);
    }

    /** How many category values of {@code table} training never saw. */
    public long unknown(Table table) {
        return bundle.table().unknown(table);
    }

    /** The columns that are needed, with their kinds. */
    public Schema features() {
        return bundle.table().features();
    }

    /** The SHA-256 of the model's manifest, in which that of every file stands. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Columns that training saw and that answers do not need, the target among them; rows may have them. */
    public List<String> leftOut() {
        if (!bundle.leftOut().isEmpty()) {
            return bundle.leftOut();
        }
        FittedTarget target = bundle.target(); // a model of an earlier version
        return target.task() == Task.MULTILABEL ? target.classes() : List.of(target.column());
    }

    /** What is predicted. */
    public FittedTarget target() {
        return bundle.target();
    }

    /** The texts that stand for a missing value. */
    public List<String> missing() {
        return bundle.missing();
    }

    /** How the training's files were written: encoding, layout, the texts that stand for a missing value. */
    public ReadOptions reading() {
        return bundle.reading();
    }

    /** Raw rows as a table with the {@linkplain #features() needed columns}, by the rules of {@link RowParser}. */
    public Table parse(List<? extends Map<String, ?>> rows) {
        return parser.parse(rows);
    }

    /** The rows of a table as the model takes them; what a row's preprocessing is, without the model. */
    public Encoded encode(Table table) {
        return bundle.table().encode(table);
    }

    /** One row of scores per encoded row, see {@link Scorer#scores}. Needs no more memory than {@code rows} ask for. */
    public double[][] scores(Encoded rows) {
        return scorer.scores(rows);
    }

    /** Rows that were kept when the model was saved, and its answers. */
    public Golden golden() {
        return golden;
    }

    /** How its makers want it to be served. */
    public ServeConfig serve() {
        return serve;
    }

    /** The values that training knew, by category column; columns that are hashed are not among them. */
    public Map<String, List<String>> choices() {
        return bundle.table().choices();
    }

    /** One row of scores per row of {@code table}, see {@link Scorer#scores}. */
    public double[][] scores(Table table) {
        return scorer.scores(table);
    }
}
