package org.lungo.loss;

import org.lungo.tensor.Losses;
import org.lungo.tensor.Losses.Result;
import org.lungo.tensor.Tensor;

/** {@code (x - t)^2}: outputs and targets of one shape, [batch] or [batch, outputs]. */
public record MeanSquaredError() implements Loss {
    @Override
    public Tensor each(Tensor outputs, Tensor targets) {
        return Rows.mean(Losses.squaredError(outputs, targets, Result.EACH)); // [batch]
    }

    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        return Losses.squaredError(outputs, targets, Result.MEAN);
    }
}
