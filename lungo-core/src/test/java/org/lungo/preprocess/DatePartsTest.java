package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lungo.data.Column;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;

final class DatePartsTest implements TransformContract {
    private static final double YEAR = 365.2425;

    @Override
    public TablePreprocessor preprocessor() {
        return TablePreprocessor.DEFAULTS;
    }

    @Override
    public Kind kind() {
        return Kind.DATE;
    }

    /** The middle one is 2000-01-01. */
    @Override
    public Column train() {
        return column("1990-05-01T00:00:00Z", "2000-01-01T00:00:00Z", "", "2024-07-04T00:00:00Z");
    }

    @Override
    public Column others() {
        return column("2000-02-29T06:00:00Z", "1969-12-31T23:59:59.500Z", "", "2024-12-31T18:30:00Z");
    }

    /** Days since 2000, days of the year, days of the week (Monday is 1) and times from a calendar. */
    @Override
    public double[][] expected() {
        return new double[][] {
            parts(59.25, 60, 2, 6 / 24.0),
            parts(-10957 - 0.5 / 86_400, 365, 3, 86_399 / 86_400.0),
            new double[7],
            parts(9131 + 18.5 / 24, 366, 2, 18.5 / 24)
        };
    }

    private static double[] parts(double days, int dayOfYear, int dayOfWeek, double timeOfDay) {
        double[] turns = {dayOfYear / YEAR, dayOfWeek / 7.0, timeOfDay};
        double[] parts = new double[7];
        parts[0] = days / YEAR;
        for (int i = 0; i < 3; i++) {
            parts[2 * i + 1] = Math.sin(2 * Math.PI * turns[i]);
            parts[2 * i + 2] = Math.cos(2 * Math.PI * turns[i]);
        }
        return parts;
    }

    @Test
    void namesItsOutputs() {
        assertThat(DateParts.fit((NumberColumn) train()).outputs())
                .containsExactly(
                        "day.years",
                        "day.year_sin",
                        "day.year_cos",
                        "day.week_sin",
                        "day.week_cos",
                        "day.day_sin",
                        "day.day_cos");
    }

    private static Column column(String... times) {
        double[] seconds = Arrays.stream(times)
                .mapToDouble(time ->
                        time.isEmpty() ? Double.NaN : Instant.parse(time).toEpochMilli() / 1000.0)
                .toArray();
        return new NumberColumn("day", seconds);
    }
}
