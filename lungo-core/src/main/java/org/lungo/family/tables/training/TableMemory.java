package org.lungo.family.tables.training;

import org.lungo.experiment.TrainingMemory;
import org.lungo.model.Architecture;
import org.lungo.model.Inputs;

/** The native memory that the training of a model for tables takes. */
final class TableMemory {
    private static final TrainingMemory.Smaller SMALLER =
            new TrainingMemory.Smaller("model.hidden", "train.batch_size, model.hidden or model.members");

    /**
     * A step of at most this many multiplications (rows by parameters) runs on one thread, for its operations are too small to
     * be shared.
     */
    private static final long SMALL_STEP = 1 << 18;

    /** Encoded values that are small enough to be there several times. */
    private static final long FEW_VALUES = 1 << 22;

    private TableMemory() {}

    /** Whether the operations of a step are too small to be shared by threads. */
    static boolean hasSmallSteps(TableConfig config, Inputs inputs) {
        return config.train().batchSize() * config.model().architecture(inputs).count(inputs) <= SMALL_STEP;
    }

    /**
     * Whether several models of the kind can be trained side by side, a thread each. Dropout cannot, for libtorch draws it from
     * a generator that all threads share.
     */
    static boolean fitSideBySide(TableConfig config, Inputs inputs, long rows, boolean streamed) {
        double values = inputs.numbers() + inputs.cardinalities().size() + inputs.tokens() + inputs.values();
        boolean draws = config.model().mlp().dropout() > 0 || inputs.tokens() > 0;
        return !streamed && !draws && hasSmallSteps(config, inputs) && rows * values <= FEW_VALUES;
    }

    /**
     * The estimate for a network that need not exist yet.
     *
     * @param rows of training and validation together
     * @param streamed whether the encoded rows are kept in files
     */
    static TrainingMemory of(TableConfig config, Inputs inputs, long rows, boolean streamed) {
        Architecture architecture = config.model().architecture(inputs);
        double row = 4.0 * inputs.numbers()
                + 8.0 * inputs.cardinalities().size()
                + 4.0 * inputs.tokens()
                + 4.0 * inputs.values()
                + 8;
        double batch = Math.min(rows, config.train().batchSize());
        return TrainingMemory.of(
                streamed ? 0 : rows * row,
                TrainingMemory.Size.of(architecture.count(inputs)),
                batch * architecture.keptPerRow(inputs),
                SMALLER);
    }
}
