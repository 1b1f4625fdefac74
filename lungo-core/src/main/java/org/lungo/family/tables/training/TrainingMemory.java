package org.lungo.family.tables.training;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.lungo.experiment.MemoryException;
import org.lungo.model.Architecture;
import org.lungo.model.Inputs;

/**
 * An estimate of the native memory that training takes, in bytes; the heap is not counted.
 *
 * @param parameters the number of trainable values
 * @param rows the encoded rows of training and validation; 0 when they are kept in files
 * @param weights the parameters five times: themselves, their gradients, the optimiser's two states, the best ones
 * @param batch what one batch leaves in every layer until its gradients are known
 */
public record TrainingMemory(long parameters, long rows, long weights, long batch) {
    private static final int COPIES_OF_WEIGHTS = 5;

    /**
     * The estimate for a network that need not exist yet.
     *
     * @param rows of training and validation together
     * @param streamed whether the encoded rows are kept in files
     */
    static TrainingMemory of(TableConfig config, Inputs inputs, long rows, boolean streamed) {
        Architecture architecture = config.model().architecture(inputs);
        double parameters = architecture.count(inputs);
        double batch = Math.min(rows, config.train().batchSize());
        return new TrainingMemory( // a number that is too large for a long becomes the largest long
                (long) parameters,
                streamed
                        ? 0
                        : (long) (rows
                                * (4L * inputs.numbers()
                                        + 8L * inputs.cardinalities().size()
                                        + 4 * inputs.tokens()
                                        + 4 * inputs.values()
                                        + 8)),
                (long) (4 * parameters * COPIES_OF_WEIGHTS),
                (long) (4 * batch * architecture.keptPerRow(inputs)));
    }

    /** All of it. */
    public long peak() {
        return (long) ((double) rows + weights + batch);
    }

    /**
     * Refuses to train what this machine cannot hold.
     *
     * @throws MemoryException with the estimate
     */
    public void require() {
        require(((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize());
    }

    void require(long machine) {
        if (peak() > machine) {
            throw new MemoryException(String.format(
                    Locale.ROOT,
                    "training must fit in the %s of this machine. Received: an estimate of %s; make %s smaller",
                    size(machine),
                    toText(),
                    weights >= Math.max(rows, batch)
                            ? "model.hidden"
                            : batch >= rows ? "train.batch_size, model.hidden or model.members" : "the data"));
        }
    }

    /** The sum and its parts. */
    String toText() {
        return String.format(
                Locale.ROOT,
                "about %s outside the heap: %s rows, %s weights and optimiser, %s one batch",
                size(peak()),
                size(rows),
                size(weights),
                size(batch));
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, bytes < 10 << 20 ? "%.1f MiB" : "%,.0f MiB", bytes / 1048576.0);
    }
}
