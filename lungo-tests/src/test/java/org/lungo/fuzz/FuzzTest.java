package org.lungo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;

/** What Jazzer looks for in ten minutes (profile {@code fuzz}), here with some seconds of changes by chance. */
class FuzzTest {
    private static final int CHANGES = 400;

    @Test
    void noBytesAsATokenizerBreakAnything() {
        breaksNothing(TokenizerFuzz.seeds(), TokenizerFuzz::fuzzerTestOneInput);
    }

    @Test
    void noBytesAsWeightsBreakAnything() throws IOException {
        breaksNothing(WeightsFuzz.seeds(), WeightsFuzz::fuzzerTestOneInput);
    }

    private static void breaksNothing(List<byte[]> seeds, Consumer<byte[]> target) {
        assertThat(seeds).hasSizeGreaterThan(3);
        seeds.forEach(target);
        RandomGenerator random = Random.of(11).generator();
        for (int i = 0; i < CHANGES; i++) {
            byte[] changed = changed(seeds.get(i % seeds.size()), seeds.get(random.nextInt(seeds.size())), random);
            assertThatCode(() -> target.accept(changed))
                    .as(() -> java.util.Base64.getEncoder().encodeToString(changed))
                    .doesNotThrowAnyException();
        }
    }

    /** With a few bytes changed, a part left out, or a part of another in it. */
    private static byte[] changed(byte[] bytes, byte[] other, RandomGenerator random) {
        byte[] copy = bytes.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 128);
        }
        int from = random.nextInt(copy.length);
        return switch (random.nextInt(4)) {
            case 0 -> java.util.Arrays.copyOf(copy, from);
            case 1 -> {
                int length = Math.min(copy.length - from, random.nextInt(Math.min(64, other.length) + 1));
                System.arraycopy(other, random.nextInt(other.length - length + 1), copy, from, length);
                yield copy;
            }
            default -> copy;
        };
    }
}
