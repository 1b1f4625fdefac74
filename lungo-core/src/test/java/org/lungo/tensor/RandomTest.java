package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomTest {
    @Test
    void givesEveryNameItsOwnStream() {
        Random random = Random.of(42);
        assertThat(random.stream("init").seed())
                .isNotEqualTo(random.stream("shuffle").seed());
        assertThat(random.stream("shuffle", 1).seed())
                .isNotEqualTo(random.stream("shuffle", 2).seed());
        assertThat(random.stream("shuffle", 7).seed())
                .isEqualTo(Random.of(42).stream("shuffle", 7).seed());
    }

    @Test
    void permutesEveryNumberOnce() {
        int[] order = Random.of(3).permutation(1000);
        assertThat(order).isNotEqualTo(IntStream.range(0, 1000).toArray());
        Arrays.sort(order);
        assertThat(order).isEqualTo(IntStream.range(0, 1000).toArray());
    }

    /** Where number 0 lands among five places: chi-square with 4 degrees of freedom stays below its 99.9% point, 18.5. */
    @Test
    void permutesEvenly() {
        int[] counts = new int[5];
        for (int i = 0; i < 10_000; i++) {
            int[] order = Random.of(i).permutation(5);
            counts[IntStream.range(0, 5).filter(p -> order[p] == 0).findFirst().orElseThrow()]++;
        }
        double chiSquare = Arrays.stream(counts)
                .mapToDouble(c -> (c - 2000.0) * (c - 2000.0) / 2000)
                .sum();
        assertThat(chiSquare).isLessThan(18.5);
    }
}
