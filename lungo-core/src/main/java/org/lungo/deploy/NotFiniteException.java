package org.lungo.deploy;

/** A model is not saved because an answer of it is not a finite number: its training diverged. */
public final class NotFiniteException extends RuntimeException {
    NotFiniteException(String example, double received) {
        super("training diverged: the answers of the trained model must be finite. Received: " + received + " for "
                + example + "; use a smaller train.learning_rate, or check the data for extreme values");
    }
}
