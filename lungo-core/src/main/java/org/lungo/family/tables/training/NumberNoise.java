package org.lungo.family.tables.training;

import java.util.List;
import java.util.random.RandomGenerator;
import org.lungo.data.Batch;
import org.lungo.data.Features;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * Adds Gaussian noise to some numbers of each row, so that the model does not memorise single values. Bishop 1995,
 * "Training with noise is equivalent to Tikhonov regularization", Neural Computation 7(1).
 *
 * @param deviation the standard deviation of the noise
 * @param columns which numbers get noise, by their place
 */
public record NumberNoise(double deviation, List<Integer> columns) implements BatchTransform {
    public NumberNoise {
        Check.positive("noise", deviation);
        columns = List.copyOf(columns);
    }

    @Override
    public Batch apply(Batch batch, Random random) {
        Tensor numbers = batch.features().numbers(); // [rows, numbers]
        int rows = Math.toIntExact(numbers.size(0));
        int width = Math.toIntExact(numbers.size(1));
        float[] noise = new float[rows * width];
        RandomGenerator generator = random.generator();
        for (int row = 0; row < rows; row++) {
            for (int column : columns) {
                noise[row * width + column] = (float) (generator.nextGaussian() * deviation);
            }
        }
        Features noisy = batch.features().withNumbers(numbers.add(Tensor.of(noise, rows, width)));
        return new Batch(noisy, batch.targets());
    }
}
