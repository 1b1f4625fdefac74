package org.lungo.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes dates as texts that are read as the same dates again: the opposite of what {@link RowParser} does. */
public final class DateTexts {
    private static final int SECONDS_OF_DAY = 86_400;

    private static final DateTimeFormatter ISO_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private final @Nullable DatePattern pattern;
    private final DateTimeFormatter iso;

    private DateTexts(@Nullable DatePattern pattern, DateTimeFormatter iso) {
        this.pattern = pattern;
        this.iso = iso;
    }

    /**
     * The form of a column: its format, else ISO 8601, without times where all are midnights.
     *
     * @param seconds dates of the column, in seconds since 1970-01-01T00:00Z
     */
    public static DateTexts of(Field field, List<Double> seconds) {
        boolean days = seconds.stream().allMatch(value -> value % SECONDS_OF_DAY == 0);
        String format = field.format();
        return new DateTexts(
                format == null ? null : new DatePattern(format), days ? DateTimeFormatter.ISO_LOCAL_DATE : ISO_TIME);
    }

    /** The text of a date; the number itself where the form cannot say it. */
    public Object text(double seconds) {
        try {
            String text = pattern == null ? iso.format(moment(seconds)) : pattern.format(moment(seconds));
            double again = pattern == null ? IsoDate.seconds(text) : pattern.seconds(text);
            return again == seconds ? text : (Object) seconds;
        } catch (DateTimeException e) {
            return seconds;
        }
    }

    private static LocalDateTime moment(double seconds) {
        long micros = Math.round(seconds * 1e6);
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), 1000L * Math.floorMod(micros, 1_000_000));
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
