package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsTest {
    @ParameterizedTest
    @CsvSource({
        "1e-9, 1 us",
        "0.00012, 120 us",
        "0.0123, 12 ms",
        "0.0012, 1.2 ms",
        "3.14, 3.1 s",
        "65, 65 s",
        "600, 10 min",
        "9000, 2.5 h",
    })
    void saysDurationsForPeople(double seconds, String said) {
        assertThat(Seconds.text(seconds)).isEqualTo(said);
    }
}
