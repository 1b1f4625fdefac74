package org.lungo.family.tables.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lungo.data.Column;
import org.lungo.data.Rows;
import org.lungo.data.Table;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Smoke;
import org.lungo.experiment.config.Resolved;
import org.lungo.family.tables.Predictor;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Random;
import org.lungo.train.TrainConfig;

/** Overfits a model for tables to one batch; dropout is off, whatever the config says. */
final class TableSmoke {
    private static final int ROWS = 32;
    private static final int STEPS = 400;

    private TableSmoke() {}

    static Smoke run(Resolved<TableConfig> resolved, Cache cache) throws IOException {
        TableConfig config = resolved.value();
        Prepared data = Prepared.read(config, cache);
        TaskCheck.require(resolved, data);
        Table rows = batch(config, data);
        TableAttempt attempt = TableAttempt.byHeart(byHeart(config), data, rows);
        return Smoke.of(attempt, rows.rows(), "row", cache.file("model"), folder -> {
            double[][] before = attempt.scores(rows);
            double[][] after = Predictor.load(folder).scores(rows);
            return IntStream.range(0, before.length)
                    .mapToDouble(row -> Smoke.difference(before[row], after[row]))
                    .max()
                    .orElse(0);
        });
    }

    /** Equally many rows of each class, or rows from everywhere. */
    private static Table batch(TableConfig config, Prepared data) {
        Rows train = Parts.of(config, data).train();
        List<String> targets = config.target().names();
        int classes = FittedTarget.fit(train, targets, data.task()).classes().size();
        Column answers = train.column(targets.get(0));
        int maxPerClass = data.task().isClassification() ? Math.max(1, ROWS / Math.max(2, classes)) : ROWS;
        Map<String, Integer> taken = new HashMap<>();
        IntStream spread =
                Arrays.stream(Random.of(config.seed()).stream("smoke").permutation(train.rows()));
        int[] rows = spread.filter(
                        row -> maxPerClass == ROWS || taken.merge(answers.text(row), 1, Integer::sum) <= maxPerClass)
                .limit(ROWS)
                .sorted()
                .toArray();
        return train.select(rows).load();
    }

    private static TableConfig byHeart(TableConfig config) {
        TrainConfig train = Smoke.byHeart(
                STEPS, config.model().beginsTrained() ? Smoke.LEARNING_RATE_OF_TRAINED : Smoke.LEARNING_RATE);
        return new TableConfig(
                config.version(),
                config.family(),
                config.data(),
                config.target(),
                config.features(),
                config.preprocess(),
                config.model().withoutDropout(),
                new TableTraining(
                        train.epochs(),
                        ROWS,
                        train.rate(),
                        train.optimizer(),
                        new Objective(config.train().objective().loss(), ClassWeights.NONE, Augment.DEFAULTS),
                        train.earlyStop(),
                        train.more()),
                TableConfig.Evaluate.DEFAULTS,
                config.serve(),
                config.seed());
    }
}
