package org.lungo.data;

import org.lungo.tensor.Tensor;

/**
 * Some rows with their answers.
 *
 * @param targets classes: INT64 [rows]; labels and two classes: FLOAT32 [rows, outputs]; numbers: FLOAT32 [rows, 1]
 */
public record Batch(Features features, Tensor targets) {}
