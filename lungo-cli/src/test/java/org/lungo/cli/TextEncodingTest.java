package org.lungo.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextEncodingTest {
    private static final String NAMES = "sun.jnu.encoding";

    private final String before = System.getProperty(NAMES);

    @AfterEach
    void restore() {
        System.setProperty(NAMES, before);
    }

    @Test
    void refusesWhatJavaCouldNotRead() {
        System.setProperty(NAMES, "ANSI_X3.4-1968");
        assertThatThrownBy(() -> TextEncoding.require(Map.of(), "train", "\uFFFD.csv"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an argument must be text in ANSI_X3.4-1968, the encoding of the locale. Received:"
                        + " '\uFFFD.csv', where \uFFFD stands for other bytes; set LC_ALL to a locale of UTF-8, such as"
                        + " C.UTF-8");
        assertThatThrownBy(() -> TextEncoding.require(Map.of("LUNGO_TARGET", "\uFFFD"), "train"))
                .hasMessageStartingWith("the value of LUNGO_TARGET must be text in ANSI_X3.4-1968, ");
    }

    @Test
    void saysWhatToDoAboutOtherBytesInUtf8() {
        System.setProperty(NAMES, "UTF-8");
        assertThatThrownBy(() -> TextEncoding.require(Map.of(), "lat\uFFFDn.csv"))
                .hasMessage("an argument must be text in UTF-8, the encoding of the locale. Received: 'lat\uFFFDn.csv',"
                        + " where \uFFFD stands for other bytes; write it in UTF-8, or rename the file");
        assertThatCode(() -> TextEncoding.require(Map.of("LUNGO_TARGET", "été", "OTHER", "\uFFFD"), "données.csv"))
                .doesNotThrowAnyException();
    }
}
