package org.lungo.benchmark;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Random;

/**
 * The training loop written on libtorch's Java methods alone, as the floor that Lungo's own is measured against: the same
 * operations on the same rows in the same order, in one pointer scope per step, and nothing else.
 */
final class RawTraining implements AutoCloseable {
    private final PointerScope scope;
    private final Tensor features;
    private final Tensor labels;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor headWeight;
    private final Tensor headBias;
    private final TensorVector parameters;
    private final SGD optimizer;
    private final double clipNorm;

    /**
     * Starts from the given weights: [hidden, numbers], [hidden], [1, hidden], [1].
     *
     * @param clipNorm the largest length of all gradients together; 0 for no limit
     */
    RawTraining(double clipNorm, List<float[]> weights) {
        Engine.load(); // the same library with the same settings
        scope = new PointerScope();
        float[] numbers = Workload.features();
        features = Tensor.create(numbers, Workload.ROWS, Workload.NUMBERS);
        labels = Tensor.create(Workload.labels(numbers), Workload.ROWS, 1);
        weight = parameter(weights.get(0), Workload.HIDDEN, Workload.NUMBERS);
        bias = parameter(weights.get(1), Workload.HIDDEN);
        headWeight = parameter(weights.get(2), 1, Workload.HIDDEN);
        headBias = parameter(weights.get(3), 1);
        parameters = new TensorVector(weight, bias, headWeight, headBias);
        optimizer = new SGD(parameters, new SGDOptions(Workload.LEARNING_RATE));
        this.clipNorm = clipNorm;
    }

    private static Tensor parameter(float[] values, long... shape) {
        return Tensor.create(values, shape).set_requires_grad(true);
    }

    /** Trains for {@code epochs} epochs and returns the mean loss of the last. */
    double fit(int epochs, Random random) {
        double loss = 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            loss = epoch(random.stream("shuffle", epoch).permutation(Workload.ROWS));
        }
        return loss;
    }

    private double epoch(int... permutation) {
        double sum = 0;
        try (PointerScope epochScope = new PointerScope()) {
            long[] indices = new long[permutation.length];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = permutation[i];
            }
            Tensor order = Tensor.create(indices);
            for (int step = 0; step < Workload.STEPS_PER_EPOCH; step++) {
                try (PointerScope stepScope = new PointerScope()) {
                    sum += step(order.narrow(0, (long) step * Workload.BATCH, Workload.BATCH));
                }
            }
        }
        return sum / Workload.STEPS_PER_EPOCH;
    }

    private double step(Tensor rows) {
        Tensor x = features.index_select(0, rows);
        Tensor y = labels.index_select(0, rows);
        Tensor hidden = torch.linear(x, weight, bias).relu();
        Tensor logits = torch.linear(hidden, headWeight, headBias);
        Tensor loss = torch.binary_cross_entropy_with_logits(logits, y);
        optimizer.zero_grad();
        loss.backward();
        if (clipNorm > 0) {
            torch.clip_grad_norm_(parameters, clipNorm);
        }
        optimizer.step();
        return loss.item_double();
    }

    /** The trained values, in the order of the constructor. */
    List<float[]> weights() {
        return List.of(values(weight), values(bias), values(headWeight), values(headBias));
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        try (Tensor detached = tensor.detach()) {
            detached.data_ptr_float().get(values);
        }
        return values;
    }

    @Override
    public void close() {
        scope.close();
    }
}
