package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.vectors.Golden;

/** With the GELU of GPT-2; {@link TransformerBlockTest} compares the exact one with PyTorch's layer. */
final class FeedForwardTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new FeedForward.Config(3, 5, new TanhGelu()).build(random);
    }

    @Override
    public List<String> names() {
        return List.of("up.weight", "up.bias", "down.weight", "down.bias");
    }

    @Test
    void approximatesGeluAsPyTorchDoes() {
        try (Scope scope = Scope.inference()) {
            Golden golden = Golden.of(getClass());
            golden.check("gelu.y", new TanhGelu().forward(golden.get("rms.x")), 1e-6);
        }
    }

    @Test
    void rejectsZeroWidth() {
        assertThatThrownBy(() -> new FeedForward.Config(0, 1, new TanhGelu()))
                .hasMessage("width must be at least 1. Received: 0");
        assertThatThrownBy(() -> new FeedForward.Config(1, 0, new TanhGelu()))
                .hasMessage("inner must be at least 1. Received: 0");
    }
}
