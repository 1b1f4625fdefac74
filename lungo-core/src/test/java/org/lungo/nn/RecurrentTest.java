package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

final class RecurrentTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new Recurrent.Config(Recurrent.Cell.LSTM, 3, 2, 1, true).build(random);
    }

    @Override
    public Tensor input(DType dtype) {
        return Waves.of(ROWS, 5, 3).to(dtype);
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS, 5, 4};
    }

    @Override
    public List<String> names() {
        return List.of(
                "passes.0.input",
                "passes.0.state",
                "passes.0.inputBias",
                "passes.0.stateBias",
                "passes.1.input",
                "passes.1.state",
                "passes.1.inputBias",
                "passes.1.stateBias");
    }

    @Test
    void looksAtNothingAfterTheEndOfARow() {
        try (Scope scope = Scope.inference()) {
            for (Recurrent.Cell cell : Recurrent.Cell.values()) {
                Recurrent network = new Recurrent.Config(cell, 3, 2, 2, true).build(Random.of(1));
                Tensor x = Waves.of(2, 5, 3).to(DType.FLOAT32);
                Tensor lengths = Tensor.of(new long[] {5, 2}, 2);
                double[] padded = network.forward(x, lengths).narrow(0, 1, 1).toDoubles();
                double[] alone =
                        network.forward(x.narrow(0, 1, 1).narrow(1, 0, 2)).toDoubles();
                for (int i = 0; i < padded.length; i++) {
                    assertThat(padded[i]).isCloseTo(i < alone.length ? alone[i] : 0, within(1e-6));
                }
            }
        }
    }

    @Test
    void rejectsSizesThatAreNone() {
        assertThatThrownBy(() -> new Recurrent.Config(Recurrent.Cell.GRU, 0, 2, 1, true))
                .hasMessage("in must be at least 1. Received: 0");
        assertThatThrownBy(() -> new Recurrent.Config(Recurrent.Cell.GRU, 2, 0, 1, true))
                .hasMessage("hidden must be at least 1. Received: 0");
        assertThatThrownBy(() -> new Recurrent.Config(Recurrent.Cell.GRU, 2, 2, 0, true))
                .hasMessage("layers must be at least 1. Received: 0");
    }

    /** libtorch 2.13 computes with what lies behind weights that are too narrow; so the shapes are checked before. */
    @Test
    void saysWhatDidNotFit() {
        try (Scope scope = Scope.inference()) {
            for (Recurrent.Cell cell : Recurrent.Cell.values()) {
                Recurrent layer = new Recurrent.Config(cell, 3, 2, 1, true).build(Random.of(1));
                for (int in : new int[] {2, 4}) {
                    assertThatThrownBy(() -> layer.forward(Waves.of(ROWS, 5, in).to(DType.FLOAT32)))
                            .isInstanceOf(ShapeException.class)
                            .hasMessageStartingWith(cell + ": the input weights [gates * hidden, in] of pass 0 must"
                                    + " have in=" + in + ". Received: FLOAT32[4, 5, " + in + "], FLOAT32[")
                            .hasMessageEndingWith(", 3]");
                }
                assertThatThrownBy(() -> layer.forward(Waves.of(ROWS, 3).to(DType.FLOAT32), lengths()))
                        .hasMessageContaining("steps [rows, steps, in]");
            }
        }
    }

    private static Tensor lengths() {
        return Tensor.of(new long[] {1, 1, 1, 1}, ROWS);
    }
}
