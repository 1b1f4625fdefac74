package org.lungo.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.Dataset;
import org.lungo.data.NumberColumn;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.deploy.Bundle;
import org.lungo.deploy.Scorer;
import org.lungo.evaluate.Predictions;
import org.lungo.loss.BinaryCrossEntropy;
import org.lungo.loss.CrossEntropy;
import org.lungo.loss.Loss;
import org.lungo.loss.MeanSquaredError;
import org.lungo.model.Mlp;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;
import org.lungo.train.Checkpoints;
import org.lungo.train.Listener;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/**
 * One fit: everything that learns, learns from {@code train} alone; {@code validation} only says when to stop. The same
 * for the final model and for every fold of a cross-validation.
 */
record Fitting(Bundle bundle, TrainingState state) {
    /** Fits a model; its tensors live in the scope that is open now. */
    static Fitting run(
            ExperimentConfig config,
            Task task,
            Schema features,
            Table train,
            Table validation,
            @Nullable Checkpoints checkpoints,
            Listener listener) {
        Random random = Random.of(config.seed());
        String targetName = config.target().column();
        FittedTarget target = FittedTarget.fit(train.column(targetName), task);
        FittedTable table = config.preprocess().fit(train, features);
        Mlp model = config.model().build(Bundle.inputs(table, target), random.stream("init"));
        Trainer trainer =
                new Trainer(model, loss(task, config.train().more().labelSmoothing()), config.train(), random);
        TrainingState state = trainer.fit(
                dataset(table, target, train, targetName),
                dataset(table, target, validation, targetName),
                checkpoints,
                listener);
        return new Fitting(
                new Bundle(config.model(), table, target, config.data().read().missing(), model), state);
    }

    /** What the model says about rows whose target is known. */
    static Predictions predict(Bundle bundle, Table rows) {
        FittedTarget target = bundle.target();
        double[][] scores = new Scorer(bundle).scores(rows);
        Column column = rows.column(target.column());
        double[][] targets = new double[rows.rows()][];
        long[] classes = target.task() == Task.REGRESSION ? new long[0] : target.classIndices(column);
        for (int row = 0; row < targets.length; row++) {
            targets[row] = new double[] {
                target.task() == Task.REGRESSION ? ((NumberColumn) column).values()[row] : classes[row]
            };
        }
        return new Predictions(target.task(), target.classes(), scores, targets);
    }

    private static Dataset dataset(FittedTable table, FittedTarget target, Table rows, String targetName) {
        Tensor targets = switch (target.task()) {
            case REGRESSION -> Tensor.of(target.scaled(rows.column(targetName)), rows.rows(), 1);
            case MULTICLASS -> Tensor.of(target.classIndices(rows.column(targetName)), rows.rows());
            case BINARY -> Tensor.of(floats(target.classIndices(rows.column(targetName))), rows.rows(), 1);
            case MULTILABEL ->
                throw new IllegalArgumentException(
                        "one target column gives binary, multiclass or regression. Received: multilabel");
        };
        return new Dataset(Scorer.features(table.encode(rows)), targets);
    }

    private static float[] floats(long... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values[i];
        }
        return floats;
    }

    private static Loss loss(Task task, double labelSmoothing) {
        return switch (task) {
            case MULTICLASS -> new CrossEntropy(null, labelSmoothing);
            case BINARY, MULTILABEL -> new BinaryCrossEntropy(null, labelSmoothing);
            case REGRESSION -> new MeanSquaredError();
        };
    }

    /** The classes of the answer, empty for regression. */
    List<String> classes() {
        return bundle.target().classes();
    }
}
