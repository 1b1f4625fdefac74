package org.lungo.train;

/** Training was stopped because a loss or a parameter is no longer a finite number. */
public final class DivergedException extends RuntimeException {
    DivergedException(long step, double loss, String parameter) {
        super("training diverged at step " + step + ": the loss must be finite. Received: " + loss + ", first at "
                + parameter + "; use a smaller train.learning_rate, or check the data for extreme values");
    }
}
