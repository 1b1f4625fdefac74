package org.lungo.preprocess;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.NumberColumn;

/**
 * A point in time as its distance from the training rows' middle in years, and as places on the circles of the year, the
 * week and the day (sine and cosine). A missing one is 0 everywhere.
 *
 * @param middle seconds since 1970-01-01T00:00Z
 */
public record DateParts(String column, double middle) implements Fitted.Numbers {
    /** The mean length of a year in the Gregorian calendar, in days. */
    public static final double YEAR_DAYS = 365.2425;

    private static final double YEAR_SECONDS = YEAR_DAYS * 86_400;
    private static final int WIDTH = 7;

    static DateParts fit(NumberColumn column) {
        double[] present = java.util.Arrays.stream(column.values())
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new DateParts(column.name(), present.length == 0 ? 0 : Quantiles.at(present, 0.5));
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public List<String> outputs() {
        return List.of(
                column + ".years",
                column + ".year_sin",
                column + ".year_cos",
                column + ".week_sin",
                column + ".week_cos",
                column + ".day_sin",
                column + ".day_cos");
    }

    @Override
    public void write(Column values, float[] target, int at, int stride) {
        double[] seconds = ((NumberColumn) values).values();
        for (int row = 0; row < seconds.length; row++) {
            int place = at + row * stride;
            if (Double.isNaN(seconds[row])) {
                java.util.Arrays.fill(target, place, place + WIDTH, 0);
                continue;
            }
            ZonedDateTime time =
                    Instant.ofEpochSecond((long) Math.floor(seconds[row])).atZone(ZoneOffset.UTC);
            target[place] = (float) ((seconds[row] - middle) / YEAR_SECONDS);
            circle(target, place + 1, time.getDayOfYear() / YEAR_DAYS);
            circle(target, place + 3, time.getDayOfWeek().getValue() / 7.0);
            circle(target, place + 5, time.toLocalTime().toSecondOfDay() / 86_400.0);
        }
    }

    private static void circle(float[] target, int place, double turn) {
        target[place] = (float) Math.sin(2 * Math.PI * turn);
        target[place + 1] = (float) Math.cos(2 * Math.PI * turn);
    }
}
