package org.lungo.family.tables.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lungo.tensor.Random;

/** Evens out classes by repeating rows of the smaller ones. */
public final class Oversampling {
    private Oversampling() {}

    /**
     * All rows in their order, then rows of each smaller class, drawn with repetition, until it has as many as the largest.
     *
     * @param classes the class of each row
     */
    public static int[] rows(Random random, long... classes) {
        int rows = classes.length;
        int count = (int) Arrays.stream(classes).max().orElse(-1) + 1;
        int[][] members = new int[count][];
        for (int c = 0; c < count; c++) {
            int one = c;
            members[c] =
                    IntStream.range(0, rows).filter(row -> classes[row] == one).toArray();
        }
        int largest = Arrays.stream(members).mapToInt(m -> m.length).max().orElse(0);
        IntStream.Builder chosen = IntStream.builder();
        IntStream.range(0, rows).forEach(chosen);
        for (int c = 0; c < count; c++) {
            int[] own = members[c];
            if (own.length > 0) {
                random.stream("class", c)
                        .generator()
                        .ints(largest - own.length, 0, own.length)
                        .forEach(i -> chosen.add(own[i]));
            }
        }
        return chosen.build().toArray();
    }
}
