package org.lungo.benchmark;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What every library of the benchmark trains: the network of examples/quickstart.yaml on rows of ten numbers. */
final class Workload {
    static final int NUMBERS = 10;
    static final int HIDDEN = 50;
    static final int BATCH = 32;
    static final double LEARNING_RATE = 0.01;

    /** All batches are full, so that a step is a step. */
    static final int STEPS_PER_EPOCH = 100;

    static final int ROWS = BATCH * STEPS_PER_EPOCH;
    static final int EPOCHS = 10;

    /** In one invocation of a benchmark. */
    static final int STEPS = EPOCHS * STEPS_PER_EPOCH;

    private Workload() {}

    /** [rows, numbers], in row-major order. */
    static float[] features() {
        RandomGenerator generator = generator(1);
        float[] values = new float[ROWS * NUMBERS];
        for (int i = 0; i < values.length; i++) {
            values[i] = generator.nextFloat();
        }
        return values;
    }

    /** [rows, 1]: whether the first two of the row's numbers lie on the same side of one half. */
    static float[] labels(float[] features) {
        float[] labels = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            boolean first = features[row * NUMBERS] > 0.5f;
            boolean second = features[row * NUMBERS + 1] > 0.5f;
            labels[row] = first == second ? 1 : 0;
        }
        return labels;
    }

    private static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
