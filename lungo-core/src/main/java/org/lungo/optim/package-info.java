/**
 * How parameters follow their gradients: optimisers, learning-rate schedules, what happens to gradients before a step
 * (clipping), and the moving average of weights.
 *
 * <p>Never here: losses, layers, the training loop.
 *
 * <p>Start with {@link org.lungo.optim.Optimizer} and {@link org.lungo.optim.Sgd}.
 */
@NullMarked
package org.lungo.optim;

import org.jspecify.annotations.NullMarked;
