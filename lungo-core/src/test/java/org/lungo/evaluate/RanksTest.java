package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RanksTest {
    @Test
    void groupsEqualValues() {
        Ranks ranks = Ranks.of(new double[] {0.5, -0.0, 0.5, 0.0, 2});
        assertThat(ranks.values()).containsExactly(0.0, 0.5, 2);
        assertThat(ranks.group()).containsExactly(1, 0, 1, 0, 2);
        assertThat(ranks.count(new int[] {3, 1, 0, 1, 2})).containsExactly(2, 3, 2);
        assertThat(ranks.count(new int[] {3, 1, 0, 1, 2}, new int[] {0, 4})).containsExactly(0, 3, 2);
    }
}
