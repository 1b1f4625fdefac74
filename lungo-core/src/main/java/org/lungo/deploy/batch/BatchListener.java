package org.lungo.deploy.batch;

/** Receives the progress of a batch. */
public interface BatchListener {
    /** Hears nothing. */
    BatchListener NONE = counts -> {};

    /** Called before the first row, with the number of rows done before by an interrupted job; 0 for a new one. */
    default void started(Counts done) {}

    /** Called after some rows; {@code counts} includes what was done before. */
    void progressed(Counts counts);

    /** Called with notes before the job begins. */
    default void noted(String note) {}
}
