package org.lungo.optim;

import java.util.List;
import org.lungo.tensor.Tensor;

/** The constants of an optimiser. The learning rate is not among them: it comes with each step. */
public sealed interface OptimizerConfig permits Sgd.Config, RmsProp.Config, Adam.Config, AdamW.Config, Lion.Config {
    /**
     * An optimiser of these parameters. What it remembers belongs to the scope that is open now, so build it outside the
     * scopes of the steps.
     *
     * @param parameters tensors that require a gradient, at least one
     */
    Optimizer build(List<Tensor> parameters);
}
