package org.lungo.tensor;

import java.util.Arrays;

/** An operation was given tensors whose shapes do not fit. The message names the operation and the shapes. */
public final class ShapeException extends IllegalArgumentException {
    /** A message of the form {@code matmul: <expectation>. Received: <received>}. */
    public ShapeException(String operation, String expectation, String received) {
        super(operation + ": " + expectation + ". Received: " + received);
    }

    /** Throws unless {@code tensor} has {@code rank} axes; {@code meaning} names them, for example "[batch, in]". */
    public static void requireRank(String operation, Tensor tensor, int rank, String meaning) {
        if (tensor.rank() != rank) {
            throw new ShapeException(
                    operation, "expected " + meaning + " (" + rank + " axes)", Arrays.toString(tensor.shape()));
        }
    }
}
