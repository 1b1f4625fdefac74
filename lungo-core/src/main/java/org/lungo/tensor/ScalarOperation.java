package org.lungo.tensor;

import org.bytedeco.pytorch.Scalar;

/** A native operation of a tensor and a number. */
@FunctionalInterface
interface ScalarOperation {
    org.bytedeco.pytorch.Tensor apply(org.bytedeco.pytorch.Tensor x, Scalar value);
}
