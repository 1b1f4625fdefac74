package org.lungo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;

/** The benchmark compares like with like. */
class TrainingStepTest {
    private static final Random RANDOM = Random.of(1);

    /** The same operations in the same order on the same numbers: the same bits, in the loss and in every weight. */
    @Test
    void lungoAndRawTrainTheSameNetwork() {
        try (LungoTraining lungo = new LungoTraining(3, 0, RANDOM);
                RawTraining raw = new RawTraining(0, lungo.weights())) {
            List<float[]> start = raw.weights();
            double loss = lungo.fit();
            assertThat(raw.fit(3, RANDOM)).isEqualTo(loss);
            assertThat(raw.weights().get(0)).isEqualTo(lungo.weights().get(0)).isNotEqualTo(start.get(0));
            assertThat(raw.weights().get(3)).isEqualTo(lungo.weights().get(3));
        }
    }

    /** libtorch scales by a FLOAT32 number, Lungo by a FLOAT64 one: equal but for rounding. */
    @Test
    void bothClipAlike() {
        try (LungoTraining lungo = new LungoTraining(3, 0.02, RANDOM);
                RawTraining raw = new RawTraining(0.02, lungo.weights());
                RawTraining unclipped = new RawTraining(0, lungo.weights())) {
            double loss = lungo.fit();
            assertThat(raw.fit(3, RANDOM)).isCloseTo(loss, within(1e-6));
            assertThat(unclipped.fit(3, RANDOM)).isNotCloseTo(loss, within(1e-4));
        }
    }
}
