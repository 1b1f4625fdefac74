package org.lungo.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    @TempDir
    Path folder;

    /** The digest is that of the text "1", published in many places. */
    @Test
    void knowsKeysAndDigestsOfKeys() throws IOException {
        Keys keys = read("""
                # who may ask
                shop infer sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b
                ops  infer,admin,metrics o9Jv0mHhJ2pQ4rT6wY8zA1cE   # at night
                """);
        assertThat(keys.require(Permission.INFER, "Bearer 1", null)).isEqualTo("shop");
        assertThat(keys.require(Permission.ADMIN, null, "o9Jv0mHhJ2pQ4rT6wY8zA1cE"))
                .isEqualTo("ops");
        assertThatThrownBy(() -> keys.require(Permission.ADMIN, "Bearer 1", null))
                .hasMessage("this needs a key for admin; yours is for infer");
        assertThatThrownBy(() -> keys.require(Permission.INFER, "Bearer 2", null))
                .hasMessage("the key is not known");
        assertThatThrownBy(() -> keys.require(Permission.INFER, "Basic 1", null))
                .hasMessageContaining("a key is needed");
    }

    @Test
    void withoutKeysEveryoneMayAsk() {
        assertThat(Keys.NONE.require(Permission.ADMIN, null, null)).isEqualTo("anyone");
    }

    @ParameterizedTest
    @CsvSource({
        "shop infer, 'keys.txt:1: expected a name, permissions and a key. Received: 2 words'",
        "shop read o9Jv0mHhJ2pQ4rT6, 'permissions are infer, admin and metrics, divided by commas. Received: read'",
        "shop infer secret, a key must have 16 characters or more",
        "shop infer sha256:12, sha256: must be followed by 64 hexadecimal digits",
        "# nothing, holds no key"
    })
    void refusesLinesThatAreNotKeys(String line, String message) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    private Keys read(String text) throws IOException {
        return Keys.read(Files.writeString(folder.resolve("keys.txt"), text));
    }
}
