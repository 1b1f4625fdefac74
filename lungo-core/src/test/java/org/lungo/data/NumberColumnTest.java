package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberColumnTest {
    /** Also where most values are the smallest, and where the smallest is a zero of one of the two signs. */
    @Test
    void sortsWhatIsNotMissing() {
        SplittableRandom random = new SplittableRandom(3);
        double[] some = {Double.NaN, 0.0, -0.0, 1, -1, Double.NEGATIVE_INFINITY, 2.5};
        for (int kinds = 1; kinds <= some.length; kinds++) {
            int different = kinds;
            for (int rows = 0; rows < 60; rows++) {
                double[] values = random.doubles(rows)
                        .map(u -> some[(int) (u * u * different)])
                        .toArray();
                NumberColumn column = new NumberColumn("n", values);
                assertThat(column.sorted()).isEqualTo(sorted(values));
                assertThat(column.sorted(7)).isEqualTo(sorted(Arrays.copyOf(values, Math.min(7, rows))));
                assertThat(column.values()).isEqualTo(values);
            }
        }
    }

    private static double[] sorted(double... values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }
}
