package org.lungo.experiment;

/** What {@link Run} reads of a config, whatever the family. */
public interface RunConfig {
    /** The seed of all randomness. */
    long seed();

    /** The maximum number of epochs. */
    int epochs();

    /** What the data is called in messages and reports, without passwords. */
    String source();
}
