package org.lungo.nn;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A recurrent network over sequences: LSTM or GRU, in layers, forwards or in both directions.
 *
 * @param passes for each layer the forward pass and, when bidirectional, the backward pass
 */
public record Recurrent(Cell cell, List<Pass> passes, boolean bidirectional) implements Layer {
    /** The cells. */
    public enum Cell {
        @JsonProperty("lstm")
        LSTM(4),
        @JsonProperty("gru")
        GRU(3);

        private final int gates;

        Cell(int gates) {
            this.gates = gates;
        }

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The weights of one pass over the steps, gates one after the other in PyTorch's order.
     *
     * @param input [gates * hidden, in]
     * @param state [gates * hidden, hidden]
     * @param inputBias [gates * hidden]
     * @param stateBias [gates * hidden]
     */
    public record Pass(Parameter input, Parameter state, Parameter inputBias, Parameter stateBias) {
        private Stream<Tensor> weights() {
            return Stream.of(input, state, inputBias, stateBias).map(Parameter::value);
        }
    }

    /** {@code x}: [rows, steps, in], all rows of full length. Returns [rows, steps, directions * hidden]. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, Tensor.full(x.size(1), DType.INT64, x.size(0)));
    }

    /**
     * The state after each step; the backward pass starts at a row's own last step.
     *
     * @param x [rows, steps, in]
     * @param lengths INT64 [rows], each from 1 to the number of steps
     * @return [rows, steps, directions * hidden]; 0 after a row's last step
     */
    public Tensor forward(Tensor x, Tensor lengths) {
        List<Tensor> weights = passes.stream().flatMap(Pass::weights).toList();
        return switch (cell) {
            case LSTM -> x.lstm(lengths, weights, bidirectional);
            case GRU -> x.gru(lengths, weights, bidirectional);
        };
    }

    /**
     * The sizes of the network.
     *
     * @param in the width of each step
     * @param hidden the width of a direction's state
     * @param layers how many networks stand on one another
     */
    public record Config(Cell cell, int in, int hidden, int layers, boolean bidirectional) {
        public Config {
            Check.positive("in", in);
            Check.positive("hidden", hidden);
            Check.positive("layers", layers);
        }

        /** Starts as PyTorch's layers do: all weights and biases uniform in (-1/sqrt(hidden), 1/sqrt(hidden)). */
        public Recurrent build(Random random) {
            int directions = bidirectional ? 2 : 1;
            List<Pass> passes = new ArrayList<>();
            for (int i = 0; i < layers * directions; i++) {
                passes.add(pass(i < directions ? in : directions * hidden, random.stream("pass", i)));
            }
            return new Recurrent(cell, passes, bidirectional);
        }

        private Pass pass(int width, Random random) {
            int rows = cell.gates * hidden;
            double bound = 1 / Math.sqrt(hidden);
            return new Pass(
                    Parameter.of(Initializers.uniform(bound, random.stream("input"), rows, width)),
                    Parameter.of(Initializers.uniform(bound, random.stream("state"), rows, hidden)),
                    Parameter.of(Initializers.uniform(bound, random.stream("input_bias"), rows)),
                    Parameter.of(Initializers.uniform(bound, random.stream("state_bias"), rows)));
        }
    }
}
