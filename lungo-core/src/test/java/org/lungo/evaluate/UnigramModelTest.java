package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UnigramModelTest {
    @Test
    void countsTokensAndLeavesSomethingForOthers() {
        UnigramModel model = UnigramModel.of(new int[] {0, 0, 2, 0, 2}, 3);
        assertThat(model.probability(0)).isEqualTo(4 / 8.0);
        assertThat(model.probability(1)).isEqualTo(1 / 8.0);
        assertThat(model.probability(2)).isEqualTo(3 / 8.0);
        assertThat(model.sum(0, 1)).isCloseTo(Math.log(2) + Math.log(8), within(1e-12));
        assertThat(model.sum()).isZero();
        assertThatThrownBy(() -> UnigramModel.of(new int[] {}, 0))
                .hasMessage("vocabulary must be at least 1. Received: 0");
    }
}
