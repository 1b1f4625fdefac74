package org.lungo.family.language.training;

import org.lungo.tensor.Random;

/**
 * Where the windows of a text begin, as they are drawn: in every pass all of them once, in a new order, and all shifted by
 * the same few tokens, so that a token does not always stand at the same place. What is drawn depends on the number alone.
 */
final class Windows {
    private final Random random;
    private final int length;
    private final int count;
    private long pass = -1;
    private int[] order = {};
    private int shift;

    /** Windows of {@code length} tokens, and the one behind, in a text of {@code tokens}. */
    Windows(long tokens, int length, Random random) {
        this.random = random;
        this.length = length;
        this.count = count(tokens, length);
    }

    /** The number of windows in a pass, wherever it begins within the first of them. */
    static int count(long tokens, int length) {
        return Math.toIntExact((tokens - length) / length);
    }

    /** The first token of the {@code number}th window that is drawn. */
    long start(long number) {
        if (number / count != pass) {
            pass = number / count;
            order = random.stream("windows", pass).permutation(count);
            shift = random.stream("shift", pass).generator().nextInt(length);
        }
        return shift + (long) order[(int) (number % count)] * length;
    }
}
