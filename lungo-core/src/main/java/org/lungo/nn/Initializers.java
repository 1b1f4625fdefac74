package org.lungo.nn;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/** Starting values of weights. The numbers are drawn in Java, so that a seed means the same on every platform. */
public final class Initializers {
    private Initializers() {}

    /** Values spread evenly over (-bound, bound). */
    public static Tensor uniform(double bound, Random random, long... shape) {
        RandomGenerator generator = random.generator();
        float[] values = new float[length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * generator.nextDouble() - 1) * bound);
        }
        return Tensor.of(values, shape);
    }

    /** Normal values with mean 0. */
    public static Tensor normal(double deviation, Random random, long... shape) {
        RandomGenerator generator = random.generator();
        float[] values = new float[length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (generator.nextGaussian() * deviation);
        }
        return Tensor.of(values, shape);
    }

    /** -1 or 1 with equal chance. */
    public static Tensor signs(Random random, long... shape) {
        RandomGenerator generator = random.generator();
        float[] values = new float[length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = generator.nextBoolean() ? 1 : -1;
        }
        return Tensor.of(values, shape);
    }

    private static int length(long... shape) {
        double length = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
        Check.that(
                length <= Integer.MAX_VALUE,
                "a parameter may have at most " + Integer.MAX_VALUE + " values",
                "the shape " + Arrays.toString(shape) + "; make the layer narrower");
        return (int) length;
    }
}
