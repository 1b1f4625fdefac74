package org.lungo.experiment;

/** What was asked for needs more memory than this machine has. The command line exits with 6. */
public final class MemoryException extends RuntimeException {
    public MemoryException(String message) {
        super(message);
    }
}
