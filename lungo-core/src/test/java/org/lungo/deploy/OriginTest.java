package org.lungo.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "http://app.example.com, http, app.example.com, 80",
        "HTTPS://App.Example.COM, https, app.example.com, 443",
        "https://app.example.com:443, https, app.example.com, 443",
        "http://localhost:3000, http, localhost, 3000",
        "http://[::1]:3000, http, 0:0:0:0:0:0:0:1, 3000",
        "http://[2001:DB8::7], http, 2001:db8:0:0:0:0:0:7, 80",
        "http://my_host, http, my_host, 80",
        "chrome-extension://abcdefghijklmnop, chrome-extension, abcdefghijklmnop, -1"
    })
    void readsWhatBrowsersSend(String text, String scheme, String host, int port) {
        assertThat(Origin.parse(text)).isEqualTo(new Origin(scheme, host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "app.example.com",
                "https://",
                "https://app.example.com/",
                "https://app.example.com/path",
                "https://user@app.example.com",
                "https://app.example.com:",
                "https://app.example.com:65536",
                "https://app.example.com:443:443",
                "https://a.example https://b.example",
                "https://*.example.com",
                "http://[::1",
                "http://[1.2.3.4]",
                "http://[:::]",
                "file://",
                "http://b\u00fccher.example"
            })
    void refusesWhatIsNotOneOrigin(String text) {
        assertThatThrownBy(() -> Origin.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an allowed origin must be scheme://host or scheme://host:port, such as"
                        + " https://app.example.com. Received: '" + text
                        + "'; leave out paths, give the host as browsers send it");
        assertThat(Origin.read(text)).isNull();
    }

    @Test
    void refusesAllOriginsAtOnce() {
        assertThatThrownBy(() -> Origin.parse("*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("each allowed origin must be named, such as https://app.example.com. Received: *, which"
                        + " would let every web page ask; name each origin");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST:8080, true",
        "localhost., true",
        "models.localhost:8080, true",
        "127.0.0.1:8080, true",
        "127.8.9.10, true",
        "[::1]:8080, true",
        "[0:0:0:0:0:0:0:1], true",
        "[::ffff:127.0.0.1], true",
        "localhost.example.com, false",
        "notlocalhost, false",
        "127.0.0.1.example.com, false",
        "128.0.0.1, false",
        "0.0.0.0, false",
        "192.168.0.1, false",
        "[::2], false",
        "[2001:db8::1], false"
    })
    void knowsTheNamesOfThisMachine(String host, boolean loopback) {
        assertThat(Origin.parse("http://" + host).isLoopback()).isEqualTo(loopback);
    }
}
