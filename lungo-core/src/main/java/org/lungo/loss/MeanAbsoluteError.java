package org.lungo.loss;

import org.lungo.tensor.Losses;
import org.lungo.tensor.Losses.Result;
import org.lungo.tensor.Tensor;

/** {@code |x - t|}: outputs and targets of one shape, [batch] or [batch, outputs]. */
public record MeanAbsoluteError() implements Loss {
    @Override
    public Tensor each(Tensor outputs, Tensor targets) {
        return Rows.mean(Losses.absoluteError(outputs, targets, Result.EACH)); // [batch]
    }

    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        return Losses.absoluteError(outputs, targets, Result.MEAN);
    }
}
