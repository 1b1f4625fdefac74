package org.lungo.preprocess.cleaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinHashTest {
    /** Against the Jaccard similarity counted exactly: unbiased, and within four standard errors of the mean of 200 pairs. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.8, 0.95})
    void estimatesTheExactSimilarity(double wanted) {
        Random random = new Random(7);
        MinHash hash = new MinHash(0.8, 1);
        double exact = 0;
        double estimated = 0;
        int pairs = 200;
        for (int pair = 0; pair < pairs; pair++) {
            int shared = (int) Math.round(400 * wanted);
            long[] one = random.longs(400).toArray();
            long[] other = random.longs(400).toArray();
            System.arraycopy(one, 0, other, 0, (int) Math.round(2 * shared / (1 + wanted)));
            exact += jaccard(one, other);
            estimated += MinHash.similarity(hash.signature(one), hash.signature(other));
        }
        double s = exact / pairs;
        assertThat(s).isCloseTo(wanted, within(0.05));
        assertThat(estimated / pairs).isCloseTo(s, within(4 * Math.sqrt(s * (1 - s) / MinHash.PLACES / pairs)));
    }

    @Test
    void shinglesOfTextsAreThoseThatAPersonCounts() {
        assertThat(Shingles.of("One two three, four five SIX")).hasSize(2);
        assertThat(Shingles.of("one  two three four five... six"))
                .isEqualTo(Shingles.of("One two three, four five SIX"));
        assertThat(Shingles.of("床前明月光疑")).hasSize(2); // a sign is a word
        assertThat(Shingles.words("iPhone 15很好用")).hasSize(5);
        assertThat(Shingles.of("too short")).hasSize(1).isNotEqualTo(Shingles.of("short too"));
        assertThat(Shingles.of("!?")).isEmpty();
        String words = numbers(0, 20); // 16 shingles; a word in the middle changes 5
        assertThat(jaccard(Shingles.of(words), Shingles.of(words.replace("w10 ", "other "))))
                .isEqualTo(11.0 / 21);
    }

    @Test
    void bandsFindPairsAtTheThresholdInNinetyNineOfAHundredCases() {
        for (double threshold : new double[] {0.5, 0.7, 0.8, 0.9, 1}) {
            MinHash hash = new MinHash(threshold, 1);
            assertThat(MinHash.found(threshold, hash.rows())).isGreaterThanOrEqualTo(0.99);
            assertThat(hash.rows() * hash.bands()).isLessThanOrEqualTo(MinHash.PLACES);
        }
        assertThat(new MinHash(0.8, 1).rows()).isEqualTo(6); // 1 - (1 - 0.8^6)^21 = 0.998
        assertThatThrownBy(() -> new MinHash(0, 1))
                .hasMessage("the similarity must be above 0 and at most 1. Received: 0.0");
    }

    @Test
    void findsPlantedNearDuplicatesAndNothingElse() {
        NearDuplicates texts = new NearDuplicates(0.8, 3);
        int found = 0;
        for (int i = 0; i < 3000; i++) {
            assertThat(texts.findOrAdd(i, Shingles.of(numbers(i * 200, 200)))).isEqualTo(-1);
        }
        for (int i = 0; i < 3000; i += 10) {
            String near = numbers(i * 200, 200).replace("w" + (i * 200 + 100) + " ", "changed "); // similarity 0.95
            found += texts.findOrAdd(10_000 + i, Shingles.of(near)) == i ? 1 : 0;
        }
        assertThat(found).isEqualTo(300);
        String half = numbers(0, 100) + numbers(900_000, 100); // similarity 0.3
        assertThat(texts.findOrAdd(20_000, Shingles.of(half))).isEqualTo(-1);
    }

    @Test
    void equalSeedsGiveEqualSignatures() {
        long[] set = {1, 2, 3};
        assertThat(new MinHash(0.8, 5).signature(set)).isEqualTo(new MinHash(0.8, 5).signature(set));
        assertThat(new MinHash(0.8, 5).signature(set)).isNotEqualTo(new MinHash(0.8, 6).signature(set));
    }

    private static String numbers(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "w" + i + " ").collect(Collectors.joining());
    }

    private static double jaccard(long[] one, long[] other) {
        Set<Long> first = Arrays.stream(one).boxed().collect(Collectors.toSet());
        Set<Long> second = Arrays.stream(other).boxed().collect(Collectors.toSet());
        Set<Long> all = new HashSet<>(first);
        all.addAll(second);
        first.retainAll(second);
        return (double) first.size() / all.size();
    }
}
