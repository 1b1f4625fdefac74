package org.lungo.deploy.batch;

/** Is told how a batch goes. */
public interface BatchListener {
    /** Hears nothing. */
    BatchListener NONE = counts -> {};

    /** Called before the first row: so many were done before by a job that was interrupted, 0 by a new one. */
    default void started(Counts done) {}

    /** Called after some rows; {@code counts} includes what was done before. */
    void progressed(Counts counts);

    /** Called for what is to be said before it begins. */
    default void noted(String note) {}
}
