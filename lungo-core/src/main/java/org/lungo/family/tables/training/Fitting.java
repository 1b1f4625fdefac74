package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Dataset;
import org.lungo.data.Features;
import org.lungo.data.Rows;
import org.lungo.data.Storage;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.evaluate.Baseline;
import org.lungo.evaluate.Predictions;
import org.lungo.family.tables.Scorer;
import org.lungo.family.tables.TableBundle;
import org.lungo.model.Answers;
import org.lungo.model.Architecture;
import org.lungo.model.Inputs;
import org.lungo.model.Model;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.DType;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Checkpoints;
import org.lungo.train.DivergedException;
import org.lungo.train.Listener;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

/**
 * One fit: everything that learns, learns from {@code train} alone; {@code validation} only says when to stop. The same
 * for the final model and for every fold of a cross-validation.
 *
 * @param sample the training rows that scales and categories were learned from
 */
record Fitting(TableBundle bundle, TrainingState state, Table sample) {
    /** Rows of texts, and of values in a shape of their own, are encoded in pieces, so that they take little of the heap. */
    private static final int VALUES_AT_ONCE = 1 << 22;

    /** Fits a model; its tensors live in the scope that is open now. */
    static Fitting run(
            TableConfig config,
            Learned learned,
            Rows train,
            Rows validation,
            Storage storage,
            @Nullable Checkpoints checkpoints,
            Listener listener) {
        Random random = Random.of(config.seed());
        FittedTarget target = learned.target();
        FittedTable table = learned.table();
        Inputs inputs = learned.inputs();
        Architecture architecture = config.model().architecture(inputs);
        Model model = architecture.build(inputs, random.stream("init"));
        config.model().begin(model);
        try (Scope scope = Scope.open()) { // the encoded rows and the optimiser are not needed after training
            Goal goal = new Goal(config.train(), target, random);
            Dataset rows = dataset(table, target, train, named("train", storage));
            TableBundle bundle =
                    new TableBundle(architecture, table, target, config.data().read(), model);
            TableLesson lesson = new TableLesson(
                    model,
                    goal.loss(train),
                    goal.evened(rows, train, named("evened", storage)),
                    dataset(table, target, validation, named("validation", storage)),
                    ValidationScoring.of(config, bundle, validation),
                    goal.changes(table.scaledPlaces(), table.texts()),
                    config.train().batchSize());
            Trainer trainer = new Trainer(lesson, config.train().config(), random);
            TrainingState state = TableMemory.hasSmallSteps(config, inputs)
                    ? Engine.alone(() -> trainer.fit(checkpoints, listener))
                    : trainer.fit(checkpoints, listener);
            return new Fitting(decided(bundle, config.evaluate(), validation, random), state, learned.sample());
        }
    }

    /** The bundle with the threshold that the config asks for, chosen on the validation rows. */
    private static TableBundle decided(
            TableBundle bundle, TableConfig.Evaluate evaluate, Rows validation, Random random) {
        double threshold = ThresholdRule.of(evaluate.threshold())
                .choose(() -> predict(bundle, validation.sample(evaluate.rows(), random.stream("threshold"))));
        FittedTarget target = bundle.target().withThreshold(threshold);
        return new TableBundle(bundle.architecture(), bundle.table(), target, bundle.reading(), bundle.model());
    }

    /**
     * What the model says about rows whose target is known.
     *
     * @throws DivergedException when it says something that is no finite number
     */
    static Predictions predict(TableBundle bundle, Table rows) {
        FittedTarget target = bundle.target();
        double[][] scores = new Scorer(bundle).scores(rows);
        requireFinite(scores);
        return new Predictions(target.task(), target.classes(), scores, target.known(rows), target.threshold());
    }

    /** Refuses answers, a row's in each list, that say nothing. */
    static void requireFinite(double[][] scores) {
        for (int row = 0; row < scores.length; row++) {
            for (double score : scores[row]) {
                if (!Double.isFinite(score)) {
                    throw new DivergedException(row + 1L, score);
                }
            }
        }
    }

    /** Encodes the rows, some at a time, into {@code storage}. */
    private static Dataset dataset(FittedTable table, FittedTarget target, Rows rows, Storage storage) {
        int count = rows.rows();
        boolean multiclass = target.task() == Task.MULTICLASS;
        int values = Math.addExact(table.tokenWidth(), table.shapedWidth());
        int maxRows = values == 0 ? Integer.MAX_VALUE : Math.max(1, VALUES_AT_ONCE / values);
        int width = Answers.outputs(target.task(), target.classes().size());
        Dataset whole = new Dataset(
                room(table, count, storage),
                multiclass
                        ? storage.allocate("targets", DType.INT64, count)
                        : storage.allocate("targets", DType.FLOAT32, count, width));
        long[] filled = {0};
        rows.forEachChunk(chunk -> {
            for (int start = 0; start < chunk.rows(); start += Math.min(maxRows, chunk.rows() - start)) {
                int end = chunk.rows() - start <= maxRows ? chunk.rows() : start + maxRows;
                Table piece = end - start == chunk.rows() ? chunk : chunk.slice(start, end);
                try (Scope scope = Scope.open()) {
                    Dataset part = new Dataset(Scorer.features(table.encode(piece)), answers(target, piece));
                    whole.narrow(filled[0], piece.rows()).fill(part);
                    filled[0] += piece.rows();
                }
            }
        });
        return whole;
    }

    /** Room for the features of {@code count} rows. */
    private static Features room(FittedTable table, int count, Storage storage) {
        int tokens = table.tokenWidth();
        List<Tensor> shaped = new ArrayList<>();
        for (Fitted.Shaped column : table.shaped()) {
            long[] shape = LongStream.concat(
                            LongStream.of(count), column.shape().stream().mapToLong(size -> size))
                    .toArray();
            shaped.add(storage.allocate("shaped." + shaped.size(), DType.FLOAT32, shape));
        }
        return new Features(
                storage.allocate("numbers", DType.FLOAT32, count, table.numberWidth()),
                storage.allocate("categories", DType.INT64, count, table.categoryWidth()),
                tokens == 0 ? null : storage.allocate("tokens", DType.INT32, count, tokens),
                shaped,
                null);
    }

    private static Storage named(String part, Storage storage) {
        return (name, dtype, shape) -> storage.allocate(part + "." + name, dtype, shape);
    }

    private static Tensor answers(FittedTarget target, Table rows) {
        return switch (target.task()) {
            case REGRESSION -> Tensor.of(target.scaled(rows.column(target.column())), rows.rows(), 1);
            case MULTICLASS -> Tensor.of(target.classIndices(rows.column(target.column())), rows.rows());
            case BINARY, MULTILABEL -> {
                double[] flat = Arrays.stream(target.known(rows))
                        .flatMapToDouble(Arrays::stream)
                        .toArray();
                yield Tensor.of(flat, rows.rows(), target.columns().size()).to(DType.FLOAT32);
            }
        };
    }

    /** The answer that needs no model. */
    Baseline baseline() {
        return Baseline.learn(bundle.target().task(), classes(), bundle.target().known(sample));
    }

    /** The classes of the answer, empty for regression. */
    List<String> classes() {
        return bundle.target().classes();
    }
}
