package org.lungo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final Commands COMMANDS = new Commands()
            .with("predict", PredictCommand.class)
            .with("inspect", InspectCommand.class)
            .with(CompletionCommand.NAME, CompletionCommand.class);

    @Test
    void buildsTheOneThatTheWordsNameAlone() {
        assertThat(built("inspect", "predict")).containsExactly("inspect");
    }

    @Test
    void buildsAllWhereNoneIsNamedAndForCompletion() {
        assertThat(built()).containsExactly("predict", "inspect", "completion");
        assertThat(built("--help")).hasSize(3);
        assertThat(built("inspct")).hasSize(3);
        assertThat(built("completion", "bash")).hasSize(3);
    }

    @Test
    void computesForThoseThatAreMarkedButNotForTheirHelp() {
        assertThat(COMMANDS.compute("predict", "run", "file.csv")).isTrue();
        assertThat(COMMANDS.compute("predict", "--help")).isFalse();
        assertThat(COMMANDS.compute("inspect", "run")).isFalse();
        assertThat(COMMANDS.compute()).isFalse();
    }

    private static Iterable<String> built(String... words) {
        return COMMANDS.line(new Lungo(), words).getSubcommands().keySet();
    }
}
