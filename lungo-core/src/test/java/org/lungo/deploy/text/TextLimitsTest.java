package org.lungo.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextLimitsTest {
    @Test
    void takesUpToSixteenStopTexts() {
        assertThat(TextLimits.stops(List.of())).isEmpty();
        assertThat(TextLimits.stops(List.of("a", " "))).containsExactly("a", " ");
        assertThat(TextLimits.stops(Collections.nCopies(16, "a"))).hasSize(16);
        assertThat(TextLimits.stops(Collections.nCopies(17, "a"))).isNull();
    }

    @Test
    void takesNoStopThatIsEmptyOrNoText() {
        assertThat(TextLimits.stops(List.of("a", ""))).isNull();
        assertThat(TextLimits.stops(List.of("a", 1L))).isNull();
        assertThat(TextLimits.stops(Arrays.asList("a", null))).isNull();
        assertThat(TextLimits.stops(List.of(List.of("a")))).isNull();
    }

    @Test
    void saysWhatStopsMustBe() {
        assertThat(TextLimits.EXPECTED_STOPS).isEqualTo("a text, or a list of at most 16 texts, none empty");
    }

    @Test
    void keepsItsLimits() {
        assertThat(TextLimits.MAX_TOKENS).isEqualTo(1_000_000);
        assertThat(TextLimits.MAX_TEMPERATURE).isEqualTo(2);
    }
}
