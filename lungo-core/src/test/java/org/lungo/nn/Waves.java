package org.lungo.nn;

import org.lungo.tensor.Tensor;

/** Numbers between -2 and 2 that look irregular; none is near 0, where activations have kinks. */
final class Waves {
    private Waves() {}

    /** A FLOAT64 tensor of them. */
    static Tensor of(long... shape) {
        int length = 1;
        for (long size : shape) {
            length *= (int) size;
        }
        return Tensor.of(values(length), shape);
    }

    static double[] values(int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * Math.sin(1.7 * i + 0.4);
        }
        return values;
    }
}
