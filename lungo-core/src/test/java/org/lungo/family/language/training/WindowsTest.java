package org.lungo.family.language.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;

class WindowsTest {
    private static final int LENGTH = 10;
    private static final long TOKENS = 1003;

    @Test
    void everyPassHasEveryWindowOnceAndAllAreShiftedAlike() {
        Windows windows = new Windows(TOKENS, LENGTH, Random.of(1));
        int count = Windows.count(TOKENS, LENGTH);
        assertThat(count).isEqualTo(99);
        for (long pass = 0; pass < 5; pass++) {
            long[] starts = LongStream.range(pass * count, (pass + 1) * count)
                    .map(windows::start)
                    .sorted()
                    .toArray();
            assertThat(starts[0]).isBetween(0L, LENGTH - 1L);
            for (int i = 0; i < count; i++) {
                assertThat(starts[i]).isEqualTo(starts[0] + (long) i * LENGTH);
            }
            assertThat(starts[count - 1] + LENGTH)
                    .as("the target of the last token")
                    .isLessThan(TOKENS);
        }
    }

    @Test
    void passesDifferInOrderAndPlace() {
        Windows windows = new Windows(TOKENS, LENGTH, Random.of(1));
        int count = Windows.count(TOKENS, LENGTH);
        long[] first = LongStream.range(0, count).map(windows::start).toArray();
        long[] second = LongStream.range(count, 2L * count).map(windows::start).toArray();
        assertThat(second).isNotEqualTo(first);
        assertThat(LongStream.range(0, 20)
                        .map(pass -> new Windows(TOKENS, LENGTH, Random.of(1)).start(pass * count) % LENGTH)
                        .distinct()
                        .count())
                .isGreaterThan(5);
    }

    @Test
    void dependsOnTheNumberAlone() {
        Windows all = new Windows(TOKENS, LENGTH, Random.of(1));
        long expected = LongStream.rangeClosed(0, 250).map(all::start).reduce(0, (a, b) -> b);
        assertThat(new Windows(TOKENS, LENGTH, Random.of(1)).start(250)).isEqualTo(expected);
    }
}
