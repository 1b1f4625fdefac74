package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.vectors.Golden;

@ParameterizedClass
@ValueSource(booleans = {true, false})
record TransformerBlockTest(boolean normFirst) implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new TransformerBlock.Config(4, 2, 6, 0.1, normFirst).build(random);
    }

    @Override
    public Tensor input(DType dtype) {
        return Waves.of(ROWS, 3, 4).to(dtype);
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS, 3, 4};
    }

    @Override
    public List<String> names() {
        return List.of(
                "attentionNorm.weight",
                "attentionNorm.bias",
                "attention.query.weight",
                "attention.query.bias",
                "attention.key.weight",
                "attention.key.bias",
                "attention.value.weight",
                "attention.value.bias",
                "attention.output.weight",
                "attention.output.bias",
                "feedForwardNorm.weight",
                "feedForwardNorm.bias",
                "feedForward.up.weight",
                "feedForward.up.bias",
                "feedForward.down.weight",
                "feedForward.down.bias");
    }

    @Test
    void agreesWithPyTorch() {
        try (Scope scope = Scope.inference()) {
            Golden golden = Golden.of(getClass());
            TransformerBlock block = new TransformerBlock.Config(8, 2, 16, 0, normFirst).build(Random.of(1));
            Parameters.of(block).load(golden.under("block"));
            // FLOAT32 on both sides, sums of up to 16 products near 1.
            golden.check(normFirst ? "blocks.first" : "blocks.last", block.forward(golden.get("blocks.x")), 1e-5);
        }
    }

    @Test
    void seesWhatTheMaskShows() {
        try (Scope scope = Scope.inference()) {
            TransformerBlock block = (TransformerBlock) layer(Random.of(1));
            Tensor x = input(DType.FLOAT32);
            Tensor first = block.forward(x, Mask.CAUSAL).select(1, 0);
            assertThat(first.toFloats())
                    .isEqualTo(block.forward(x.narrow(1, 0, 1)).toFloats());
        }
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> new TransformerBlock.Config(4, 3, 6, 0, true))
                .hasMessage("hidden must be divisible by heads. Received: hidden=4, heads=3");
        assertThatThrownBy(() -> new TransformerBlock.Config(4, 2, 6, 1, true))
                .hasMessage("dropout must be at least 0 and below 1. Received: 1.0");
    }
}
