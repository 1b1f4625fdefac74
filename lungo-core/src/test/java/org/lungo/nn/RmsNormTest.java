package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.ShapeException;
import org.lungo.vectors.Golden;

final class RmsNormTest implements LayerContract {
    @Override
    public Layer layer(Random random) {
        return new RmsNorm.Config(3).build();
    }

    @Override
    public List<String> names() {
        return List.of("weight");
    }

    @Test
    void agreesWithPyTorch() {
        try (Scope scope = Scope.inference()) {
            Golden golden = Golden.of(getClass());
            RmsNorm layer = new RmsNorm(Parameter.of(golden.get("rms.weight").copy()), 1e-6);
            golden.check("rms.y", layer.forward(golden.get("rms.x")), 1e-5);
        }
    }

    @Test
    void defaultIsThatOfLlama() {
        assertThat(RmsNorm.Config.EPSILON).isEqualTo(1e-6);
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> new RmsNorm.Config(0)).hasMessage("width must be at least 1. Received: 0");
        try (Scope scope = Scope.inference()) {
            Layer layer = layer(Random.of(1));
            assertThatThrownBy(() -> layer.forward(Waves.of(ROWS, 4).to(DType.FLOAT32)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("rmsNorm")
                    .hasMessageContaining("Received: FLOAT32[4, 4], FLOAT32[3]");
        }
    }
}
