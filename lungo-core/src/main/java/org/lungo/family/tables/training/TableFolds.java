package org.lungo.family.tables.training;

import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.Rows;
import org.lungo.data.Splits;
import org.lungo.data.Storage;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.Evaluator;
import org.lungo.evaluate.Predictions;
import org.lungo.experiment.SideBySide;
import org.lungo.model.Inputs;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;

/**
 * The cross-validation of a model for tables: each fold is tested by a model of its own, which learns from the other rows,
 * of which a part says which epoch is best. Small models learn side by side, a thread each.
 */
record TableFolds(TableConfig config, Prepared data, Inputs inputs, Storage storage) {
    /** Trains and tests a model for each fold; {@code listener} hears which. */
    CrossValidation run(Evaluator evaluator, Listener listener) {
        int k = config.evaluate().folds();
        Splits.Type type = Parts.type(config, data.task());
        List<int[]> folds = dealt(config, data);
        boolean sideBySide =
                TableMemory.fitSideBySide(config, inputs, data.rows().rows(), data.streamed());
        List<Predictions> predicted = SideBySide.of(
                k,
                sideBySide ? Engine.threads() : 1,
                fold -> listener.phaseStarted("cross-validating, fold " + (fold + 1) + " of " + k),
                fold -> predicted(fold, folds.get(fold), type));
        return CrossValidation.run(k, predicted::get, evaluator.metrics());
    }

    /**
     * The rows that each fold holds out. Also asked for before training, so that a table that cannot be divided is refused
     * then.
     *
     * @throws org.lungo.data.DataException E308 when there are too few rows, or rows of a class, or groups
     */
    static List<int[]> dealt(TableConfig config, Prepared data) {
        Rows rows = data.rows();
        Column dealtBy = Parts.dealtBy(config, rows);
        return Splits.folds(
                Parts.type(config, data.task()),
                config.evaluate().folds(),
                rows.rows(),
                dealtBy,
                config.splitting().stream("folds"));
    }

    /** What the model of a fold says about its rows, which does not depend on what else is computed. */
    private Predictions predicted(int fold, int[] held, Splits.Type type) {
        return TableMemory.hasSmallSteps(config, inputs)
                ? Engine.alone(() -> learned(fold, held, type))
                : learned(fold, held, type);
    }

    private Predictions learned(int fold, int[] held, Splits.Type type) {
        Random random = config.splitting();
        Rows rows = data.rows();
        Rows rest = rows.select(Splits.others(rows.rows(), held));
        List<Double> ratios = config.data().split().ratios();
        double share = ratios.get(1) / (ratios.get(0) + ratios.get(1));
        List<int[]> parts = Splits.parts(
                type, rest.rows(), Parts.dealtBy(config, rest), random.stream("fold", fold), 1 - share, share);
        Rows train = rest.select(parts.get(0));
        try (Scope scope = Scope.open()) {
            Fitting fitting = Fitting.run(
                    config,
                    Learned.of(config, data, train),
                    train,
                    rest.select(parts.get(1)),
                    (name, dtype, shape) -> storage.allocate("fold" + fold + "." + name, dtype, shape),
                    null,
                    Listener.NONE);
            return Fitting.predict(
                    fitting.bundle(),
                    rows.select(held).sample(config.evaluate().rows(), random.stream("fold-test", fold)));
        }
    }
}
