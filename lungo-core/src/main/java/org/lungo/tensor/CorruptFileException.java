package org.lungo.tensor;

/** A file of ours that is damaged or was made by something else. The command line exits with 5. */
public final class CorruptFileException extends RuntimeException {
    /** @param message the file, what was expected and what came */
    public CorruptFileException(String message) {
        super(message);
    }
}
