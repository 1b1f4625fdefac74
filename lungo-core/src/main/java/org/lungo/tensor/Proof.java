package org.lungo.tensor;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * How to find out whether a fast way of computing is right.
 *
 * @param name what is computed
 * @param limit the largest error that counts as right
 * @param needed whether this machine would take the path
 * @param trial computes on a dirty heap and returns the largest error, relative to the largest right number
 */
record Proof(String name, FastPath path, double limit, BooleanSupplier needed, DoubleSupplier trial) {
    boolean isNeeded() {
        return needed.getAsBoolean();
    }

    /** NaN also when the operation is not there at all. */
    double error() {
        try {
            return trial.getAsDouble();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    EngineProof found(double error) {
        return new EngineProof(name, error <= limit, error, limit, path.way());
    }
}
