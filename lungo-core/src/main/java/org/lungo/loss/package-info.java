/**
 * How far outputs are from targets, as one number to be made small: cross entropies for classes, errors for numbers.
 *
 * <p>Never here: metrics that are only reported, optimisers, the training loop.
 *
 * <p>Start with {@link org.lungo.loss.Loss} and {@link org.lungo.loss.MeanSquaredError}.
 */
@NullMarked
package org.lungo.loss;

import org.jspecify.annotations.NullMarked;
