package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.vectors.Golden;

final class SwiGluTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new SwiGlu.Config(3, 5, true).build(random);
    }

    @Override
    public List<String> names() {
        return List.of("gate.weight", "gate.bias", "up.weight", "up.bias", "down.weight", "down.bias");
    }

    @Test
    void agreesWithPyTorch() {
        try (Scope scope = Scope.inference()) {
            Golden golden = Golden.of(getClass());
            SwiGlu layer = new SwiGlu.Config(6, 10, false).build(Random.of(1));
            Map<String, Tensor> weights = golden.under("swiglu");
            weights.remove("y");
            Parameters.of(layer).load(weights);
            golden.check("swiglu.y", layer.forward(golden.get("rms.x")), 1e-5);
        }
    }

    @Test
    void rejectsZeroWidth() {
        assertThatThrownBy(() -> new SwiGlu.Config(0, 1, true)).hasMessage("width must be at least 1. Received: 0");
        assertThatThrownBy(() -> new SwiGlu.Config(1, 0, true)).hasMessage("inner must be at least 1. Received: 0");
    }
}
