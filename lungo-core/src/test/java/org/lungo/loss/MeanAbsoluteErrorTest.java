package org.lungo.loss;

import org.lungo.tensor.Tensor;

final class MeanAbsoluteErrorTest implements LossContract {
    private static final double[] TARGETS = {1, 0, 0.5, 1, -1, 2};

    @Override
    public Loss loss() {
        return new MeanAbsoluteError();
    }

    @Override
    public double[] outputs() {
        return new double[] {0.2, -1, 3, 1.25, 1.5, -0.5};
    }

    @Override
    public long[] shape() {
        return new long[] {3, 2};
    }

    @Override
    public Tensor targets() {
        return Tensor.of(TARGETS, 3, 2);
    }

    @Override
    public double[] expected() {
        double[] losses = new double[3];
        for (int i = 0; i < TARGETS.length; i++) {
            double distance = Math.abs(outputs()[i] - TARGETS[i]);
            losses[i / 2] += (distance) / 2;
        }
        return losses;
    }
}
