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

    @Test
    void beginsAsTheProgramWasCalled() {
        assertThat(ShellLine.lungo("evaluate", "runs/a b")).isEqualTo("lungo evaluate 'runs/a b'");
        System.setProperty(ShellLine.CALLED, "../my clone/lungo");
        try {
            assertThat(ShellLine.lungo("evaluate", "run")).isEqualTo("'../my clone/lungo' evaluate run");
        } finally {
            System.clearProperty(ShellLine.CALLED);
        }
    }
}
