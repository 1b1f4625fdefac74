package org.lungo.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.Dataset;
import org.lungo.data.Features;
import org.lungo.data.NumberColumn;
import org.lungo.data.Rows;
import org.lungo.data.Schema;
import org.lungo.data.Storage;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.deploy.Bundle;
import org.lungo.deploy.Scorer;
import org.lungo.evaluate.Baseline;
import org.lungo.evaluate.Predictions;
import org.lungo.model.Mlp;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Checkpoints;
import org.lungo.train.Listener;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/**
 * One fit: everything that learns, learns from {@code train} alone; {@code validation} only says when to stop. The same
 * for the final model and for every fold of a cross-validation.
 *
 * @param sample the training rows that scales and categories were learned from
 */
record Fitting(Bundle bundle, TrainingState state, Table sample) {
    /** Fits a model; its tensors live in the scope that is open now. */
    static Fitting run(
            ExperimentConfig config,
            Task task,
            Schema features,
            Rows train,
            Rows validation,
            Storage storage,
            @Nullable Checkpoints checkpoints,
            Listener listener) {
        Random random = Random.of(config.seed());
        String targetName = config.target().column();
        FittedTarget target = FittedTarget.fit(train.column(targetName), task);
        Table sample = train.sample(config.preprocess().rows(), random.stream("sample"));
        FittedTable table = config.preprocess().fit(sample, features);
        Mlp model = config.model().build(Bundle.inputs(table, target), random.stream("init"));
        try (Scope scope = Scope.open()) { // the encoded rows and the optimiser are not needed after training
            Goal goal = new Goal(config.train(), target, random);
            Trainer trainer =
                    new Trainer(model, goal.loss(train), config.train(), random, goal.noise(table.scaledPlaces()));
            Dataset rows = dataset(table, target, train, named("train", storage));
            TrainingState state = trainer.fit(
                    goal.evened(rows, train, named("evened", storage)),
                    dataset(table, target, validation, named("validation", storage)),
                    checkpoints,
                    listener);
            List<String> missing = config.data().read().missing();
            return new Fitting(new Bundle(config.model(), table, target, missing, model), state, sample);
        }
    }

    /** What the model says about rows whose target is known. */
    static Predictions predict(Bundle bundle, Table rows) {
        FittedTarget target = bundle.target();
        double[][] scores = new Scorer(bundle).scores(rows);
        return new Predictions(target.task(), target.classes(), scores, targets(target, rows));
    }

    /** The known answers of rows: the index of the class, or the number. */
    static double[][] targets(FittedTarget target, Table rows) {
        Column column = rows.column(target.column());
        double[][] targets = new double[rows.rows()][];
        long[] classes = target.task() == Task.REGRESSION ? new long[0] : target.classIndices(column);
        for (int row = 0; row < targets.length; row++) {
            targets[row] = new double[] {
                target.task() == Task.REGRESSION ? ((NumberColumn) column).values()[row] : classes[row]
            };
        }
        return targets;
    }

    /** Encodes the rows, some at a time, into {@code storage}. */
    private static Dataset dataset(FittedTable table, FittedTarget target, Rows rows, Storage storage) {
        int count = rows.rows();
        boolean multiclass = target.task() == Task.MULTICLASS;
        Dataset whole = new Dataset(
                new Features(
                        storage.allocate(
                                "numbers",
                                DType.FLOAT32,
                                count,
                                table.numberNames().size()),
                        storage.allocate(
                                "categories",
                                DType.INT64,
                                count,
                                table.cardinalities().size())),
                multiclass
                        ? storage.allocate("targets", DType.INT64, count)
                        : storage.allocate("targets", DType.FLOAT32, count, 1));
        long[] filled = {0};
        rows.forEachChunk(chunk -> {
            try (Scope scope = Scope.open()) {
                Dataset part = new Dataset(Scorer.features(table.encode(chunk)), answers(target, chunk));
                whole.narrow(filled[0], chunk.rows()).fill(part);
                filled[0] += chunk.rows();
            }
        });
        return whole;
    }

    private static Storage named(String part, Storage storage) {
        return (name, dtype, shape) -> storage.allocate(part + "." + name, dtype, shape);
    }

    private static Tensor answers(FittedTarget target, Table rows) {
        Column column = rows.column(target.column());
        return switch (target.task()) {
            case REGRESSION -> Tensor.of(target.scaled(column), rows.rows(), 1);
            case MULTICLASS -> Tensor.of(target.classIndices(column), rows.rows());
            case BINARY -> Tensor.of(floats(target.classIndices(column)), rows.rows(), 1);
            case MULTILABEL ->
                throw new IllegalArgumentException(
                        "one target column gives binary, multiclass or regression. Received: multilabel");
        };
    }

    private static float[] floats(long... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values[i];
        }
        return floats;
    }

    /** The answer that needs no model. */
    Baseline baseline() {
        return Baseline.learn(bundle.target().task(), classes(), targets(bundle.target(), sample));
    }

    /** The classes of the answer, empty for regression. */
    List<String> classes() {
        return bundle.target().classes();
    }
}
