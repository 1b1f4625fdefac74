package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.data.Column;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;

@ParameterizedClass
@EnumSource(Scale.class)
record ScaledNumberTest(Scale scale) implements TransformContract {
    private static final double[] SORTED = {-2, 1, 2, 2, 3, 4, 7, 7};
    private static final double MEDIAN = 2.5;

    @Override
    public TablePreprocessor preprocessor() {
        return new TablePreprocessor(
                new TablePreprocessor.Numbers(scale, true, 0), TablePreprocessor.Categories.DEFAULTS, 1_000_000);
    }

    @Override
    public Kind kind() {
        return Kind.NUMBER;
    }

    @Override
    public Column train() {
        return new NumberColumn("x", new double[] {7, 2, Double.NaN, 3, -2, 4, 1, 7, 2});
    }

    @Override
    public Column others() {
        return new NumberColumn("x", new double[] {0, 2, 2.5, Double.NaN, 100, -50, 7, -2});
    }

    @Override
    public double[][] expected() {
        return Arrays.stream(((NumberColumn) others()).values())
                .mapToObj(x -> Double.isNaN(x) ? new double[] {scaled(MEDIAN), 1} : new double[] {scaled(x), 0})
                .toArray(double[][]::new);
    }

    /** NONE learns the value for missing ones. The quartiles of eight values lie at 1.75 and 5.25: 1.75 and 4.75. */
    private double scaled(double x) {
        double z = (x - MEDIAN) / (4.75 - 1.75);
        return switch (scale) {
            case NONE -> x;
            case STANDARD -> (x - Formulas.mean(SORTED)) / Formulas.deviation(SORTED);
            case MIN_MAX -> (x + 2) / 9;
            case ROBUST -> z / Math.sqrt(1 + z * z / 9);
            case QUANTILE -> Formulas.normalQuantile(Formulas.rank(SORTED, x));
        };
    }

    @Test
    void givesTheTrainingRowsTheirProperty() {
        double[] scaled = Arrays.stream(SORTED).map(scale.fit(SORTED)::apply).toArray();
        double[] sorted = scaled.clone();
        Arrays.sort(sorted);
        assertThat(scaled).isEqualTo(sorted); // every scaling keeps the order
        switch (scale) {
            case NONE -> assertThat(scaled).isEqualTo(SORTED);
            case STANDARD -> {
                assertThat(Formulas.mean(scaled)).isCloseTo(0, within(1e-12));
                assertThat(Formulas.deviation(scaled)).isCloseTo(1, within(1e-12));
            }
            case MIN_MAX -> assertThat(scaled).startsWith(0).endsWith(1);
            case ROBUST -> assertThat(Quantiles.at(scaled, 0.5)).isCloseTo(0, within(0.01)); // between two values
            case QUANTILE -> assertThat(scaled[0]).isCloseTo(-scaled[7], within(1e-9));
        }
    }

    /** In the four bins of 0, 10, 20, 30, 40: 25 fills two and half of the third. */
    @Test
    void fillsTheBinsUpToTheValue() {
        var config = new TablePreprocessor.Numbers(scale, true, 4);
        ScaledNumber fitted = ScaledNumber.fit(new NumberColumn("x", new double[] {0, 10, 20, 30, 40}), config);
        float[] row = new float[5];
        fitted.write(new NumberColumn("x", new double[] {25}), row, 0, 5);
        assertThat(Arrays.copyOfRange(row, 1, 5)).containsExactly(1, 1, 0.5f, 0);
        assertThat(fitted.outputs()).containsExactly("x", "x=bin0", "x=bin1", "x=bin2", "x=bin3");
    }

    @Test
    void aConstantColumnStaysFinite() {
        assertThat(scale.fit(5, 5, 5).apply(5)).isFinite();
        assertThat(scale.fit(5, 5, 5).apply(6)).isFinite();
    }
}
