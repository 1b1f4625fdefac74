package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lungo serve --allow-origin} with what is not an origin. */
class AllowOriginTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | each allowed origin must be named, such as https://app.example.com. Received: *, which would",
                "https://a.example/path | an allowed origin must be scheme://host or scheme://host:port, such as"
                        + " https://app.example.com. Received: 'https://a.example/path'; leave out paths",
                "https://a.example,null | Received: 'null'"
            })
    void isRefusedBeforeAnythingIsLoaded(String origins, String message) {
        Shell shell = Shell.run("serve", "no-such-run", "--allow-origin", origins);
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void mayComeFromTheEnvironmentAndIsOverruledByTheFlag() throws Exception {
        assertThat(said()).contains("https://app.example.com. Received: *, which would");
        assertThat(said("--allow-origin", "none")).contains("no-such-run").doesNotContain("origin");
    }

    /** What {@code serve} says with {@code LUNGO_ALLOW_ORIGIN=*}. */
    private String said(String... flags) throws Exception {
        Path log = folder.resolve("log.txt");
        ProcessBuilder command = Shell.process(
                folder,
                log,
                Stream.concat(Stream.of("serve", "no-such-run"), Stream.of(flags))
                        .toArray(String[]::new));
        command.environment().put("LUNGO_ALLOW_ORIGIN", "*");
        assertThat(command.start().waitFor()).isPositive();
        return Files.readString(log);
    }
}
