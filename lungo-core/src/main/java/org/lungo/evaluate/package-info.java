/**
 * How good a model is: metrics, bootstrap intervals, trivial baselines, threshold choice, quality gates,
 * cross-validation, permutation importance and the report. Everything works on arrays of predictions and targets.
 *
 * <p>Never here: models, training, tensors. Who makes the predictions does not matter to this package.
 *
 * <p>Start with {@link org.lungo.evaluate.Predictions}, then {@link org.lungo.evaluate.Metric} and
 * {@link org.lungo.evaluate.Evaluator}.
 */
@NullMarked
package org.lungo.evaluate;

import org.jspecify.annotations.NullMarked;
