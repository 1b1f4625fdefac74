package org.lungo.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Computes with an operation several times on a dirty heap, gradients too if it has them, and compares it with one that is
 * right.
 *
 * @param dtype of the operands
 * @param gradients whether the operation has gradients
 * @param shapes of the operands
 */
record Trial(DType dtype, boolean gradients, List<long[]> shapes) {
    private static final int TIMES = 2;

    /** Operands have fewer than 2^16 numbers. */
    private static final int LARGEST_BLOCK = 16;

    /** One operation of libtorch. */
    @FunctionalInterface
    interface Operation {
        Tensor of(Tensor... operands);
    }

    /** The largest difference to {@code exact} in FLOAT64, relative to its largest number; NaN when one is not a number. */
    double error(Operation operation, Operation exact) {
        boolean recording = GradMode.is_enabled();
        GradMode.set_enabled(gradients);
        try (PointerScope scope = new PointerScope()) {
            Tensor[] operands = new Tensor[shapes.size()];
            Tensor[] wide = new Tensor[operands.length];
            for (int i = 0; i < operands.length; i++) {
                operands[i] = waves(0.7 + 0.6 * i, shapes.get(i)).to(dtype.scalarType());
                wide[i] = operands[i].to(DType.FLOAT64.scalarType());
            }
            List<Tensor> right = results(exact, wide);
            double error = 0;
            for (int time = 0; time < TIMES; time++) {
                error = Math.max(error, distance(results(operation, operands), right));
            }
            return error;
        } finally {
            GradMode.set_enabled(recording);
        }
    }

    /** The value and the gradients of the operands. */
    private List<Tensor> results(Operation operation, Tensor... operands) {
        Tensor[] variables = new Tensor[operands.length];
        for (int i = 0; i < operands.length; i++) {
            variables[i] = operands[i].detach().set_requires_grad(gradients);
        }
        DirtyHeap.fill(LARGEST_BLOCK);
        Tensor value = operation.of(variables);
        List<Tensor> results = new ArrayList<>(List.of(value));
        if (gradients) {
            Tensor slope = waves(0.9, value.sizes().vec().get()).to(dtype.scalarType()); // rounded as the operands are
            DirtyHeap.fill(LARGEST_BLOCK);
            value.backward(slope.to(value.scalar_type()), Op.NO_FLAG, false, Op.NO_TENSORS);
            for (Tensor variable : variables) {
                results.add(new Tensor(variable.grad())); // what grad() gives is borrowed
            }
        }
        return results;
    }

    private static double distance(List<Tensor> results, List<Tensor> right) {
        double distance = 0;
        for (int i = 0; i < right.size(); i++) {
            Tensor exact = right.get(i);
            Tensor wide = results.get(i).to(DType.FLOAT64.scalarType());
            double difference = wide.sub(exact).abs().max().item_double();
            distance = Math.max(distance, difference / exact.abs().max().item_double()); // NaN stays NaN
        }
        return distance;
    }

    private static Tensor waves(double step, long... shape) {
        long elements = 1;
        for (long size : shape) {
            elements *= size;
        }
        try (TensorOptions doubles = new TensorOptions(DType.FLOAT64.scalarType());
                Scalar end = new Scalar((double) elements);
                Scalar factor = new Scalar(step)) {
            return torch.arange(end, doubles).mul(factor).sin().view(shape);
        }
    }
}
