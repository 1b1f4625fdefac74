package org.lungo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.tensor.Random;

class LengthBucketsTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everySequenceIsInOneBatchAndABatchFits(long seed) {
        RandomGenerator generator = Random.of(seed).stream("lengths").generator();
        int[] sizes = generator.ints(1 + generator.nextInt(60), 1, 41).toArray();
        int tokens = 1 + generator.nextInt(100);
        LengthBuckets buckets = new LengthBuckets(sizes, tokens);
        List<int[]> batches = buckets.epoch(Random.of(seed));
        assertThat(batches).hasSize(buckets.batches());
        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, sizes.length).toArray());
        for (int[] batch : batches) {
            int longest = Arrays.stream(batch).map(place -> sizes[place]).max().orElseThrow();
            assertThat(batch.length == 1 || batch.length * longest <= tokens).isTrue();
        }
    }

    @Test
    void theSameRandomnessGivesTheSameBatchesAndAnotherGivesOthers() {
        int[] lengths = IntStream.range(0, 200).map(i -> 1 + i % 7).toArray();
        LengthBuckets buckets = new LengthBuckets(lengths, 50);
        Random random = Random.of(3);
        assertThat(buckets.epoch(random.stream("epoch", 1)).get(0))
                .isEqualTo(buckets.epoch(random.stream("epoch", 1)).get(0));
        assertThat(buckets.epoch(random.stream("epoch", 1)).get(0))
                .isNotEqualTo(buckets.epoch(random.stream("epoch", 2)).get(0));
    }

    @Test
    void littleIsPadding() {
        int[] lengths = IntStream.range(0, 1000).map(i -> 5 + (i * 37) % 40).toArray();
        long padded = 0;
        for (int[] batch : new LengthBuckets(lengths, 400).inOrder()) {
            padded += (long) batch.length
                    * Arrays.stream(batch).map(place -> lengths[place]).max().orElseThrow();
        }
        assertThat(padded).isLessThan((long) (1.05 * Arrays.stream(lengths).sum()));
    }

    @Test
    void pairsAreAlsoSortedByTheirOtherSide() {
        int[] lengths = {5, 3, 5, 5, 3, 5};
        int[] others = {9, 2, 1, 8, 4, 2};
        LengthBuckets buckets = new LengthBuckets(lengths, others, 10);
        assertThat(buckets.inOrder()).containsExactly(new int[] {1, 4}, new int[] {2, 5}, new int[] {3, 0});
        assertThat(buckets.epoch(Random.of(1)))
                .containsExactlyInAnyOrder(new int[] {1, 4}, new int[] {2, 5}, new int[] {3, 0});
        assertThatThrownBy(() -> new LengthBuckets(lengths, new int[2], 10)).hasMessageContaining("6 and 2");
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> new LengthBuckets(new int[0], 10)).hasMessageContaining("at least one sequence");
    }
}
