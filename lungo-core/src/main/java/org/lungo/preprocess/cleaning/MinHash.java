package org.lungo.preprocess.cleaning;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.lungo.tensor.Check;

/**
 * Signatures of sets whose places agree as often as the sets overlap: the share of equal places is an estimate of the
 * Jaccard similarity |A and B| / |A or B|, with a standard error of sqrt(s (1 - s) / 128). Broder 1997, "On the resemblance
 * and containment of documents", section 3. Signatures are cut into bands of {@code rows} places; two sets of similarity s
 * agree in at least one band with probability 1 - (1 - s^rows)^bands (Leskovec, Rajaraman and Ullman, "Mining of Massive
 * Datasets", section 3.4).
 *
 * @param rows the places of a band: as many as still find pairs at the threshold in 99 of 100 cases
 */
final class MinHash {
    /** The places of a signature. */
    static final int PLACES = 128;

    private static final double FOUND = 0.99;

    private final int rows;
    private final int[] seeds = new int[PLACES];
    private final int[] factors = new int[PLACES];

    /** @param threshold the similarity from which on pairs shall be found, in (0, 1] */
    MinHash(double threshold, long seed) {
        Check.that(threshold > 0 && threshold <= 1, "the similarity must be above 0 and at most 1", threshold);
        this.rows = rows(threshold);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < PLACES; i++) {
            seeds[i] = random.nextInt();
            factors[i] = random.nextInt() | 1;
        }
    }

    private static int rows(double threshold) {
        int rows = 1;
        while (rows < PLACES && found(threshold, rows + 1) >= FOUND) {
            rows++;
        }
        return rows;
    }

    /** How probably a pair of this similarity agrees in a band. */
    static double found(double similarity, int rows) {
        int bands = PLACES / rows;
        return 1 - Math.pow(1 - Math.pow(similarity, rows), bands);
    }

    int rows() {
        return rows;
    }

    int bands() {
        return PLACES / rows;
    }

    /** The signature of a set that is not empty; elements may come several times. */
    int[] signature(long... set) {
        int[] least = new int[PLACES];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (long element : set) {
            int bits = (int) (element ^ element >>> 32);
            for (int i = 0; i < PLACES; i++) {
                int hash = (bits ^ seeds[i]) * factors[i];
                hash = (hash ^ hash >>> 15) * 0x2C1B3C6D;
                least[i] = Math.min(least[i], hash ^ hash >>> 12);
            }
        }
        return least;
    }

    /** The estimated similarity of the sets of two signatures. */
    static double similarity(int[] one, int[] other) {
        int equal = 0;
        for (int i = 0; i < PLACES; i++) {
            equal += one[i] == other[i] ? 1 : 0;
        }
        return (double) equal / PLACES;
    }
}
