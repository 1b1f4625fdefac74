package org.lungo.data;

import java.io.IOException;

/** A file or folder that another process writes now. The command line exits with 1. */
public final class BusyException extends IOException {
    /** @param message what is written by whom, what to do */
    public BusyException(String message) {
        super(message);
    }
}
