package org.lungo.train;

/** Training was stopped because a loss or a parameter is no longer a finite number, or a model answers with none. */
public final class DivergedException extends RuntimeException {
    DivergedException(long step, double loss, String parameter) {
        super("training diverged at step " + step + ": the loss must be finite. Received: " + loss + ", first at "
                + parameter + "; use a smaller train.learning_rate, or check the data for extreme values");
    }

    /**
     * A model's answer is not a finite number.
     *
     * @param row of the data that it was asked about, from 1
     */
    public DivergedException(long row, double answer) {
        super("the model's answers must be finite numbers. Received: " + answer + " for row " + row
                + "; check the data for extreme values, or train with a smaller train.learning_rate");
    }

    /** No epoch can be kept, for the monitored value says nothing about any. */
    DivergedException(String monitor, int epochs) {
        super(monitor + " must be a number in one epoch at least, so that its weights can be kept. Received: none in "
                + (epochs == 1 ? "1 epoch" : epochs + " epochs") + "; use a smaller train.learning_rate, or another"
                + " train.early_stop.monitor where the validation data leaves this one undefined");
    }
}
