package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.tensor.Losses.Result;

/** Values and gradients against those of all rows at once. */
@ExtendWith(DirtyMemory.class)
final class PiecewiseMeanTest {
    private static final int ROWS = 11;
    private static final int CLASSES = 5;

    @Test
    void givesTheMeanAndTheGradientsOfAllRowsAtOnce() {
        List<double[]> whole = values(Mode.training(1), ROWS, 1);
        for (int rowsAtOnce : new int[] {1, 4, 10}) {
            List<double[]> pieces = values(Mode.training(1), rowsAtOnce, 1);
            for (int i = 0; i < whole.size(); i++) {
                assertThat(pieces.get(i)).as("value " + i).containsExactly(whole.get(i), within(1e-6));
            }
        }
    }

    /** A loss may be divided, as when gradients accumulate, or be a part of another. */
    @Test
    void scalesGradientsByWhatIsDoneWithTheMean() {
        List<double[]> one = values(Mode.training(1), 4, 1);
        List<double[]> third = values(Mode.training(1), 4, 3);
        for (int i = 1; i < one.size(); i++) {
            double[] scaled = third.get(i).clone();
            for (int j = 0; j < scaled.length; j++) {
                scaled[j] *= 3;
            }
            assertThat(scaled).containsExactly(one.get(i), within(1e-6));
        }
    }

    @Test
    void keepsNoMoreThanAPiece() {
        try (Scope scope = Scope.open(Mode.training(1))) {
            Tensor x = Tensor.ones(DType.FLOAT32, 64, 8).requireGradient();
            Tensor weight = Tensor.ones(DType.FLOAT32, 1000, 8).requireGradient();
            long before = Engine.liveBytes();
            List<Long> seen = new ArrayList<>();
            PiecewiseMean.of(x, List.of(weight), 8, (rows, from) -> {
                Tensor logits = rows.linear(weight, null);
                seen.add(Engine.liveBytes() - before);
                return logits.square().mean();
            });
            long all = 64 * 1000 * 4;
            assertThat(seen).hasSize(8).allSatisfy(bytes -> assertThat(bytes).isLessThan(all / 2));
        }
    }

    @Test
    void givesTheMeanAloneWithoutGradients() {
        try (Scope scope = Scope.inference()) {
            Tensor x = Tensor.arange(6).to(DType.FLOAT32).reshape(6, 1);
            assertThat(PiecewiseMean.of(x, List.of(), 4, (rows, from) -> rows.mean())
                            .item())
                    .isEqualTo(2.5, within(1e-6));
        }
    }

    @Test
    void rejectsWhatHasNoRows() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.ones(DType.FLOAT32, 3);
            assertThatThrownBy(() -> PiecewiseMean.of(x, List.of(), 4, (rows, from) -> rows.mean()))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("piecewiseMean: expected rows [rows, width] (2 axes). Received: [3]");
            assertThatThrownBy(() -> PiecewiseMean.of(x.reshape(3, 1), List.of(), 0, (rows, from) -> rows.mean()))
                    .hasMessage("rowsAtOnce must be at least 1. Received: 0");
        }
    }

    /** The mean and the gradients of the rows, a shared weight, a bias and a parameter that is not used. */
    private static List<double[]> values(Mode mode, long rowsAtOnce, double divisor) {
        try (Scope scope = Scope.open(mode)) {
            Tensor source = wave(1.3, ROWS, 3).requireGradient();
            Tensor weight = wave(0.7, CLASSES, 3).requireGradient();
            Tensor bias = wave(2.1, CLASSES).requireGradient();
            Tensor unused = Tensor.ones(DType.FLOAT32, 2).requireGradient();
            Tensor frozen = Tensor.ones(DType.FLOAT32, 2);
            Tensor targets = Tensor.arange(ROWS).remainder(Tensor.of(new long[] {CLASSES}, 1)); // [ROWS]
            Tensor x = source.tanh().add(weight.narrow(0, 0, 1)); // the weight is used on both sides, as a tied table
            Tensor mean = PiecewiseMean.of(x, List.of(weight, unused, bias, frozen), rowsAtOnce, (rows, from) -> {
                Tensor logits = rows.linear(weight, bias);
                return Losses.crossEntropy(logits, targets.narrow(0, from, rows.size(0)), null, 0.1, Result.MEAN);
            });
            mean.div(divisor).backward();
            assertThat(unused.gradient()).isNull();
            List<double[]> values = new ArrayList<>(List.of(new double[] {mean.item()}));
            for (Tensor tensor : List.of(source, weight, bias)) {
                values.add(tensor.gradient().toDoubles());
            }
            return values;
        }
    }

    private static Tensor wave(double step, long... shape) {
        long elements = 1;
        for (long size : shape) {
            elements *= size;
        }
        return Tensor.arange(elements).to(DType.FLOAT32).mul(step).sin().reshape(shape);
    }
}
