package org.lungo.family.tables.onnx;

/** A library that Lungo does not bring along is not on the class path. */
public final class MissingLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingLibraryException(String message) {
        super(message);
    }
}
