package org.lungo.family.translation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TranslationPredictionTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\u000B", "\u000C"})
    void writesEachTranslationAsOneLine(String end) {
        assertThat(TranslationPrediction.oneLine("ein" + end + "Satz")).isEqualTo("ein Satz");
    }
}
