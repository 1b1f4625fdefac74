package org.lungo.tensor;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A source of randomness with a name. One seed gives any number of independent streams, so that adding one does not move
 * the others, and a stream with a number (an epoch, a step) is the same whether or not the numbers before it were used:
 * nothing has to be saved to resume.
 *
 * <pre>{@code
 * Random random = Random.of(42);
 * int[] order = random.stream("shuffle", epoch).permutation(rows);
 * }</pre>
 */
public final class Random {
    private final long seed;

    private Random(long seed) {
        this.seed = seed;
    }

    /** The streams of one seed. */
    public static Random of(long seed) {
        return new Random(seed);
    }

    /** The stream called {@code name}. */
    public Random stream(String name) {
        long mixed = seed;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            mixed = mix(mixed ^ (b & 0xff));
        }
        return new Random(mix(mixed));
    }

    /** The {@code number}th stream called {@code name}. */
    public Random stream(String name, long number) {
        return new Random(mix(stream(name).seed ^ mix(number)));
    }

    /** The seed of this stream. */
    public long seed() {
        return seed;
    }

    /** A generator at the start of this stream. */
    public RandomGenerator generator() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** The numbers 0 to {@code n - 1} in random order. Fisher and Yates' shuffle. */
    public int[] permutation(int n) {
        int[] order = new int[n];
        RandomGenerator generator = generator();
        for (int i = 0; i < n; i++) {
            int j = generator.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The finaliser of SplitMix64. Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
