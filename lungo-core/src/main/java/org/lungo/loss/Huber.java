package org.lungo.loss;

import org.lungo.tensor.Check;
import org.lungo.tensor.Losses;
import org.lungo.tensor.Losses.Result;
import org.lungo.tensor.Tensor;

/**
 * {@code (x - t)^2 / 2} up to a distance of {@code delta}, {@code delta * (|x - t| - delta / 2)} beyond, so that outliers
 * pull less: outputs and targets of one shape, [batch] or [batch, outputs]. Huber 1964, doi:10.1214/aoms/1177703732.
 *
 * @param delta where the square ends, above 0, in the targets' unit
 */
public record Huber(double delta) implements Loss {
    /** That of torch.nn.HuberLoss, PyTorch 2.13. */
    public static final Huber DEFAULTS = new Huber(1);

    /** Checks the distance. */
    public Huber {
        Check.positive("delta", delta);
    }

    @Override
    public Tensor each(Tensor outputs, Tensor targets) {
        return Rows.mean(Losses.huber(outputs, targets, delta, Result.EACH)); // [batch]
    }

    @Override
    public Tensor of(Tensor outputs, Tensor targets) {
        return Losses.huber(outputs, targets, delta, Result.MEAN);
    }
}
