package org.lungo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalTest {
    @ParameterizedTest
    @CsvSource({
        "20, 100, 0.01, 'about 20 s at most: 20 epochs of 100 steps, 10 ms each; validation and testing come on top'"
    })
    void saysWhatTrainingTakes(int epochs, int batches, double seconds, String said) {
        assertThat(new Rehearsal(epochs, batches, seconds).line()).isEqualTo(new Look.Line("time", said));
    }
}
