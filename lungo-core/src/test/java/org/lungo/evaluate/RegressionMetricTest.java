package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Closed forms on errors 1, -2, 0 and 5. */
class RegressionMetricTest {
    private static final Predictions FOUR =
            Predictions.regression(new double[] {2, 0, 4, 13}, new double[] {1, 2, 4, 8});

    private static double value(String metric, Predictions predictions) {
        return Metrics.named(metric).of(predictions);
    }

    @Test
    void matchesTheFormulas() {
        assertThat(value("mse", FOUR)).isEqualTo(7.5);
        assertThat(value("rmse", FOUR)).isCloseTo(Math.sqrt(7.5), within(1e-15));
        assertThat(value("mae", FOUR)).isEqualTo(2);
        assertThat(value("median_absolute_error", FOUR)).isEqualTo(1.5);
        assertThat(value("max_error", FOUR)).isEqualTo(5);
        assertThat(value("mape", FOUR)).isCloseTo((1 + 1 + 0 + 0.625) / 4, within(1e-15));
        assertThat(value("smape", FOUR)).isCloseTo((2 / 3.0 + 2 + 0 + 10 / 21.0) / 4, within(1e-15));
        // Targets 1, 2, 4, 8: mean 3.75, squared distances 28.75.
        assertThat(value("r2", FOUR)).isCloseTo(1 - 30 / 28.75, within(1e-14));
        assertThat(value("pinball@0.5", FOUR)).isEqualTo(1);
    }

    @Test
    void determinationKeepsItsDigitsFarFromZero() {
        double far = 1e9;
        Predictions moved = Predictions.regression(
                new double[] {far + 2, far, far + 4, far + 13}, new double[] {far + 1, far + 2, far + 4, far + 8});
        assertThat(value("r2", moved)).isCloseTo(value("r2", FOUR), within(1e-9));
    }

    @Test
    void isUndefinedWhereItsFormulaIs() {
        Predictions constant = Predictions.regression(new double[] {1, 2}, new double[] {3.3, 3.3});
        assertThat(value("r2", constant)).isNaN();
        assertThat(value("mape", Predictions.regression(new double[] {1}, new double[] {0})))
                .isNaN();
        assertThat(value("msle", Predictions.regression(new double[] {1}, new double[] {-1})))
                .isNaN();
    }
}
