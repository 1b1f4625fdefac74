package org.lungo.family.tables.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lungo.data.Column;
import org.lungo.data.Rows;
import org.lungo.data.Storage;
import org.lungo.data.Table;
import org.lungo.evaluate.Count;
import org.lungo.experiment.Experiment;
import org.lungo.family.tables.Predictor;
import org.lungo.family.tables.TableBundle;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;

/**
 * A quick proof that the pieces of an experiment fit: the model learns one small batch by heart, is saved, loaded, and
 * answers the same. It says nothing about how good the model is.
 *
 * @param rows of the batch
 * @param before the first loss
 * @param after the last loss
 * @param difference the largest difference between an answer before saving and after loading
 */
public record Smoke(int rows, double before, double after, double difference) implements Experiment.Trial {
    private static final int ROWS = 32;
    private static final int STEPS = 400;
    private static final double LEARNING_RATE_OF_TRAINED = 2e-4;
    private static final double LEARNING_RATE = 0.01;

    /** A loss must fall to this share of where it began. */
    private static final double NEAR_ZERO = 0.1;

    /** A loaded model's scales are folded into its weights, which rounds differently. */
    private static final double ROUNDING = 1e-5;

    /** Learns one batch of training rows; dropout is off, and AdamW is used, whatever the config says. */
    static Smoke run(TableConfig config, Prepared data, Path folder) throws IOException {
        Table rows = batch(config, data);
        double[] losses = {Double.NaN};
        Listener first = new Listener() {
            @Override
            public void epochEnded(EpochReport report) {
                losses[0] = report.epoch() == 1 ? report.loss() : losses[0];
            }
        };
        try (Scope scope = Scope.open()) {
            Learned learned = Learned.of(
                    config, data.task(), data.features(config.target().names()), rows);
            TrainingMemory.of(config, learned.inputs(), 2L * rows.rows(), false).require();
            Fitting fitting = Fitting.run(byHeart(config), learned, rows, rows, Storage.MEMORY, null, first);
            TableBundle bundle = fitting.bundle();
            double[][] before = Fitting.predict(bundle, rows).scores();
            bundle.save(folder, TableRun.golden(fitting), config.serve());
            double[][] after = Predictor.load(folder).scores(rows);
            return new Smoke(rows.rows(), losses[0], fitting.state().best(), difference(before, after));
        }
    }

    /** Equally many rows of each class, or rows from everywhere. */
    private static Table batch(TableConfig config, Prepared data) {
        Rows train = Parts.of(config, data).train();
        List<String> targets = config.target().names();
        int classes = FittedTarget.fit(train, targets, data.task()).classes().size();
        Column answers = train.column(targets.get(0));
        int most = data.task().isClassification() ? Math.max(1, ROWS / Math.max(2, classes)) : ROWS;
        Map<String, Integer> taken = new HashMap<>();
        IntStream spread =
                Arrays.stream(Random.of(config.seed()).stream("smoke").permutation(train.rows()));
        int[] rows = spread.filter(row -> most == ROWS || taken.merge(answers.text(row), 1, Integer::sum) <= most)
                .limit(ROWS)
                .sorted()
                .toArray();
        return train.select(rows).load();
    }

    private static TableConfig byHeart(TableConfig config) {
        TableTraining train = new TableTraining(
                STEPS,
                ROWS,
                new TrainConfig.Rate(
                        config.model().beginsTrained() ? LEARNING_RATE_OF_TRAINED : LEARNING_RATE,
                        ScheduleConfig.DEFAULTS),
                OptimizerChoice.DEFAULTS,
                new Objective(config.train().objective().loss(), ClassWeights.NONE, Augment.DEFAULTS),
                new TrainConfig.EarlyStop(EpochReport.VAL_LOSS, 0, 0),
                TrainConfig.More.DEFAULTS);
        return new TableConfig(
                config.version(),
                config.family(),
                config.data(),
                config.target(),
                config.features(),
                config.preprocess(),
                config.model().withoutDropout(),
                train,
                TableConfig.Evaluate.DEFAULTS,
                config.serve(),
                config.seed());
    }

    private static double difference(double[][] a, double[][] b) {
        double largest = 0;
        for (int row = 0; row < a.length; row++) {
            for (int i = 0; i < a[row].length; i++) {
                largest = Math.max(largest, Math.abs(a[row][i] - b[row][i]));
            }
        }
        return largest;
    }

    /** True when the batch was learned and the loaded model answers as the one that was saved, but for rounding. */
    @Override
    @JsonProperty
    public boolean passed() {
        return after <= NEAR_ZERO * before && difference <= ROUNDING;
    }

    @Override
    public String toText() {
        String text = String.format(
                Locale.ROOT,
                "smoke: loss %.4f -> %.4f on one batch of %s; saved, loaded, answers differ by at most %.1e",
                before,
                after,
                Count.of(rows, "row"),
                difference);
        return passed()
                ? text
                : text
                        + "; expected a loss of at most a tenth and no difference but rounding: check that the features can tell the"
                        + " rows apart, and that the model has enough hidden units";
    }
}
