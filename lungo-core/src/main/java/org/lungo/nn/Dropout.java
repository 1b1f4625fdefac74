package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.Tensor;

/**
 * In training each value becomes 0 with probability {@code rate} and is else divided by {@code 1 - rate}; outside training
 * nothing happens. Srivastava et al. 2014, JMLR 15, section 4.
 */
public record Dropout(double rate) implements Layer {
    public Dropout {
        Check.that(rate >= 0 && rate < 1, "dropout must be at least 0 and below 1", rate);
    }

    /** {@code x}: any shape. Returns the same shape. */
    @Override
    public Tensor forward(Tensor x) {
        return x.dropout(rate);
    }
}
