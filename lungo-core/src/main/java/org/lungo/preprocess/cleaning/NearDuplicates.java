package org.lungo.preprocess.cleaning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds, for each text, an earlier one that it is nearly equal to. It holds the signature of each text that was added and
 * its place in each band's table, about 0.7 kB a text, and no text.
 */
final class NearDuplicates {
    private static final int FIRST_BUCKETS = 1 << 12;

    private final MinHash hash;
    private final double threshold;
    private final List<int[]> signatures = new ArrayList<>();
    private long[] numbers = new long[256];
    private int[] heads = new int[FIRST_BUCKETS]; // the place of a bucket's last entry, counted from 1
    private int[] next = new int[256]; // of each entry, a text in a band, the one before it in its bucket

    NearDuplicates(double threshold, long seed) {
        this.hash = new MinHash(threshold, seed);
        this.threshold = threshold;
    }

    /**
     * The number of the first text added that is at least as similar as the threshold; else -1, and the text is added.
     *
     * @param shingles of the text, at least one
     * @param number to know the text by
     */
    long findOrAdd(long number, long... shingles) {
        int[] signature = hash.signature(shingles);
        int found = Integer.MAX_VALUE;
        for (int band = 0; band < hash.bands(); band++) {
            for (int entry = heads[bucket(signature, band)]; entry > 0; entry = next[entry - 1]) {
                int text = (entry - 1) / hash.bands();
                if (text < found && isAlike(signature, signatures.get(text), band)) {
                    found = text;
                }
            }
        }
        if (found < Integer.MAX_VALUE) {
            return numbers[found];
        }
        add(number, signature);
        return -1;
    }

    private boolean isAlike(int[] one, int[] other, int band) {
        int from = band * hash.rows();
        int to = from + hash.rows();
        return Arrays.equals(one, from, to, other, from, to) && MinHash.similarity(one, other) >= threshold;
    }

    private void add(long number, int... signature) {
        int text = signatures.size();
        signatures.add(signature);
        if (text == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * text);
        }
        numbers[text] = number;
        int entries = Math.multiplyExact(signatures.size(), hash.bands());
        if (entries > next.length) {
            next = Arrays.copyOf(next, Math.multiplyExact(2, entries));
        }
        if (entries > heads.length) {
            heads = new int[Math.multiplyExact(2, heads.length)];
            for (int earlier = 0; earlier < text; earlier++) {
                link(earlier);
            }
        }
        link(text);
    }

    private void link(int text) {
        for (int band = 0; band < hash.bands(); band++) {
            int entry = text * hash.bands() + band;
            int bucket = bucket(signatures.get(text), band);
            next[entry] = heads[bucket];
            heads[bucket] = entry + 1;
        }
    }

    private int bucket(int[] signature, int band) {
        long bits = band;
        for (int i = band * hash.rows(); i < (band + 1) * hash.rows(); i++) {
            bits = bits * 31 + signature[i];
        }
        return (int) Shingles.mix(bits) & heads.length - 1;
    }
}
