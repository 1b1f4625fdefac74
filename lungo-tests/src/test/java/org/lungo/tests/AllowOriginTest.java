package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lungo serve --allow-origin} with what is not an origin. */
class AllowOriginTest {
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
}
