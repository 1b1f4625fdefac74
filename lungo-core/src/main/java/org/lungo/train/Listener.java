package org.lungo.train;

/** Hears how training goes. */
public interface Listener {
    /** Hears nothing. */
    Listener NONE = new Listener() {};

    /** An epoch of {@code batches} batches begins. */
    default void epochStarted(int epoch, int batches) {}

    /** One batch is done. */
    default void stepEnded(int epoch, int batch, int batches, double loss) {}

    /** One epoch is done and, where checkpoints are kept, saved. */
    default void epochEnded(EpochReport report) {}
}
