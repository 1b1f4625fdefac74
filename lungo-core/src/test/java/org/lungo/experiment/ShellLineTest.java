package org.lungo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellLineTest {
    @Test
    void quotesOnlyWhatAShellWouldTakeApart() {
        assertThat(ShellLine.of("lungo", "train", "a b.csv", "--target", "it's", "--set", "x.y=1,2"))
                .isEqualTo("lungo train 'a b.csv' --target 'it'\\''s' --set x.y=1,2");
        assertThat(ShellLine.of("$HOME", "", "价格")).isEqualTo("'$HOME' '' '价格'");
    }
}
