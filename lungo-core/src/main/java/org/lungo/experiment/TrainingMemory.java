package org.lungo.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * An estimate of the native memory that training takes, in bytes; the heap is not counted.
 *
 * @param data what is kept in memory of the data; 0 when it is kept in files
 * @param weights the parameters; of those that are trained also the gradients, the two states of the optimiser, and the
 *     best ones
 * @param batch what one batch leaves in every layer until its gradients are known
 * @param smaller the keys to change where this is too much
 */
public record TrainingMemory(long data, long weights, long batch, Smaller smaller) {
    private static final int BYTES = 4;
    private static final int COPIES_OF_TRAINED = 4;

    /**
     * Keys of a config that make training smaller.
     *
     * @param weights where the weights take most
     * @param batch where the batch does
     */
    public record Smaller(String weights, String batch) {}

    /**
     * The number of values of a network.
     *
     * @param all the parameters
     * @param trained the parameters that are trained, some or all of them
     */
    public record Size(double all, double trained) {
        /** A network whose parameters are all trained. */
        public static Size of(double all) {
            return new Size(all, all);
        }
    }

    /**
     * An estimate for a network that need not exist yet. A number that is too large for a long becomes the largest long.
     *
     * @param data bytes of the data in memory
     * @param kept values that a batch leaves until its gradients are known
     */
    public static TrainingMemory of(double data, Size size, double kept, Smaller smaller) {
        return new TrainingMemory(
                (long) data,
                (long) (BYTES * (size.all() + COPIES_OF_TRAINED * size.trained())),
                (long) (BYTES * kept),
                smaller);
    }

    /** The bytes of data, weights and one batch together. */
    public long peak() {
        return (long) ((double) data + weights + batch);
    }

    /**
     * Refuses to train what this machine cannot hold.
     *
     * @throws MemoryException with the estimate
     */
    public void require() {
        require(((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize());
    }

    /**
     * Refuses to train what a machine with so much memory cannot hold.
     *
     * @param machine bytes
     * @throws MemoryException with the estimate
     */
    public void require(long machine) {
        if (peak() > machine) {
            throw new MemoryException(String.format(
                    Locale.ROOT,
                    "training must fit in the %s of this machine. Received: an estimate of %s; make %s smaller",
                    size(machine),
                    toText(),
                    weights >= Math.max(data, batch)
                            ? smaller.weights()
                            : batch >= data ? smaller.batch() : "the data"));
        }
    }

    /** The sum and its parts. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                "about %s outside the heap: %s data, %s weights and optimiser, %s one batch",
                size(peak()),
                size(data),
                size(weights),
                size(batch));
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, bytes < 10 << 20 ? "%.1f MiB" : "%,.0f MiB", bytes / 1048576.0);
    }
}
