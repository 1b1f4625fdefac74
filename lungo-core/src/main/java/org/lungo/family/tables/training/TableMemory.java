package org.lungo.family.tables.training;

import org.lungo.experiment.TrainingMemory;
import org.lungo.model.Architecture;
import org.lungo.model.Inputs;

/** The native memory that the training of a model for tables takes. */
final class TableMemory {
    private static final TrainingMemory.Smaller SMALLER =
            new TrainingMemory.Smaller("model.hidden", "train.batch_size, model.hidden or model.members");

    private TableMemory() {}

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
