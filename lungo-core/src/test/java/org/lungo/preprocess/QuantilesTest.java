package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    /** NumPy's documentation of type 7: positions share * (n - 1), by hand. */
    @Test
    void interpolatesBetweenValues() {
        double[] sorted = {1, 2, 4, 8};
        assertThat(Quantiles.at(sorted, 0)).isEqualTo(1);
        assertThat(Quantiles.at(sorted, 0.25)).isEqualTo(1.75);
        assertThat(Quantiles.at(sorted, 0.5)).isEqualTo(3);
        assertThat(Quantiles.at(sorted, 0.9)).isCloseTo(6.8, within(1e-12));
        assertThat(Quantiles.at(sorted, 1)).isEqualTo(8);
    }

    /** Acklam states a relative error below 1.15e-9; the reference is bisection on the distribution function. */
    @Test
    void theNormalQuantileHasItsStatedError() {
        for (int i = 1; i < 2000; i++) {
            double share = i / 2000.0;
            double expected = Formulas.normalQuantile(share);
            // At 0 the reference itself is good to 1e-14.
            assertThat(NormalQuantile.of(share))
                    .as("at " + share)
                    .isCloseTo(expected, within(1.15e-9 * Math.abs(expected) + 1e-14));
        }
        assertThat(Formulas.normalQuantile(0.975)).isCloseTo(1.959963984540054, within(1e-12)); // published value
        assertThat(NormalQuantile.of(0)).isCloseTo(Formulas.normalQuantile(1e-7), within(6e-9)); // 1.15e-9 of 5.2
        assertThat(NormalQuantile.of(1)).isCloseTo(-Formulas.normalQuantile(1e-7), within(6e-9));
    }

    /** 5,000 skewed values with many equal ones, more than there are knots, against scikit-learn's definition. */
    @Test
    void ranksAsScikitLearnDoes() {
        double[] sorted = DoubleStream.iterate(1, i -> i + 1)
                .limit(5000)
                .map(i -> Math.floor(Math.exp(6 * Math.abs(Math.sin(i)))))
                .sorted()
                .toArray();
        double[] knots = Scale.QUANTILE.fit(sorted).knots();
        assertThat(knots).hasSize(1000);
        assertThat(Arrays.stream(knots).distinct().count()).isLessThan(500);
        for (double x = -3; x < 410; x += 0.25) {
            assertThat(Quantiles.rank(knots, x)).as("at " + x).isCloseTo(Formulas.rank(knots, x), within(1e-12));
        }
    }
}
