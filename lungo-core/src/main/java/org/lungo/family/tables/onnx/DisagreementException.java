package org.lungo.family.tables.onnx;

/** An exported model does not answer as the original does. */
public final class DisagreementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DisagreementException(String message) {
        super(message);
    }
}
