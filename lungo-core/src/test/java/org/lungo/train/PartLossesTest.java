package org.lungo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lungo.evaluate.Interval;

class PartLossesTest {
    /** Against whole parts that are drawn by hand. */
    @Test
    void drawsWholeParts() {
        double[][] parts = {{1, 2}, {0.5}, {3, 1, 2}, {0.25, 0.75}};
        PartLosses losses = new PartLosses(4);
        losses.add(new int[] {2, 1}, new int[] {3, 1}, new double[] {3, 1, 2, 0.5});
        losses.add(new int[] {0, 3}, new int[] {2, 2}, new double[] {1, 2, 0.25, 0.75});
        double[] means = new double[1000];
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < means.length; i++) {
            means[i] = IntStream.range(0, 4)
                    .map(draw -> random.nextInt(4))
                    .boxed()
                    .flatMapToDouble(part -> Arrays.stream(parts[part]))
                    .average()
                    .orElseThrow();
        }
        Arrays.sort(means);
        double low = means[24] + 0.975 * (means[25] - means[24]);
        Map<String, Interval> intervals = losses.intervals();
        assertThat(intervals.get("val_loss").low()).isCloseTo(low, within(1e-12));
        assertThat(intervals.get("perplexity").low())
                .isBetween(Math.exp(means[24]) - 1e-12, Math.exp(means[25]) + 1e-12);
    }

    @Test
    void addsPartsOfEqualLength() {
        PartLosses one = new PartLosses(3);
        one.add(0, 2, new double[] {1, 2, 3, 4});
        one.add(2, 2, new double[] {5, 6});
        PartLosses other = new PartLosses(3);
        other.add(new int[] {0, 1, 2}, new int[] {2, 2, 2}, new double[] {1, 2, 3, 4, 5, 6});
        assertThat(one.intervals()).isEqualTo(other.intervals());
    }
}
