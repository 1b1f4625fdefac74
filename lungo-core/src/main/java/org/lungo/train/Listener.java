package org.lungo.train;

/** Hears how training goes. */
public interface Listener {
    /** Hears nothing. */
    Listener NONE = new Listener() {};

    /** What takes a while begins, such as {@code reading customers.csv}. */
    default void phaseStarted(String phase) {}

    /** Training continues from a checkpoint that was saved after {@code epoch}. */
    default void resumed(int epoch) {}

    /** An epoch of {@code batches} batches over {@code rows} training rows begins. */
    default void epochStarted(int epoch, int batches, long rows) {}

    /** One batch is done. */
    default void stepEnded(int epoch, int batch, int batches, double loss) {}

    /** Something failed that training does not need, such as a tracker; {@code warning} is one line. */
    default void warned(String warning) {}

    /** One epoch is done and, where checkpoints are kept, saved. */
    default void epochEnded(EpochReport report) {}
}
