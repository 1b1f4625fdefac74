package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
final class MaskedPoolingTest {
    private static final float[] X = {-1, 5, -3, 6, 100, 100, /* row 2 */ 1, 2, 3, 4, 5, 6, /* row 3 */ 7, 7, 7, 7, 7, 7
    };
    private static final float[] PADDING = {0, 0, 1, 0, 0, 0, 1, 1, 1};

    @Test
    void looksAtPlacesAlone() {
        try (Scope scope = Scope.inference()) {
            Tensor x = Tensor.of(X, 3, 3, 2);
            Tensor padding = Tensor.of(PADDING, 3, 3).gt(0);
            assertThat(MaskedPooling.max(x, padding).toFloats()).containsExactly(-1, 6, 5, 6, 0, 0);
            assertThat(MaskedPooling.mean(x, padding).toFloats()).containsExactly(-2, 5.5f, 3, 4, 0, 0);
        }
    }
}
