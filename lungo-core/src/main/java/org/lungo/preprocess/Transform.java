package org.lungo.preprocess;

import org.lungo.data.Column;

/** A preprocessing step for a column: fits it to training rows and gives the object that transforms. */
@FunctionalInterface
public interface Transform {
    /** Learns from the rows of {@code column}, which must all be training rows. */
    Fitted fit(Column column);
}
