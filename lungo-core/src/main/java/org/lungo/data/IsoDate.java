package org.lungo.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dates and times in the form of ISO 8601 as DuckDB's cast to a timestamp does, without DuckDB. */
final class IsoDate {
    private static final Pattern FORM = Pattern.compile(
            "(\\d{1,6})([-/ \\\\])(\\d{1,2})\\2(\\d{1,2})" // 2011-1-31
                    + "(?:(?:T|\\s+)(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?" // 05:07:09.5
                    + "\\s*(?:Z|UTC|[-+]\\d{2}(?::?\\d{2})?)?)?"); // a zone is left out: the clock's time counts

    private IsoDate() {}

    /**
     * Seconds from 1970-01-01T00:00 to the time that {@code text} says, whatever its zone.
     *
     * @throws DateTimeException when it has another form or is no date
     */
    static double seconds(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new DateTimeException("not a date: " + text);
        }
        int hour = number(form.group(5));
        int minute = number(form.group(6));
        int second = number(form.group(7));
        boolean midnight = hour == 24 && minute == 0 && second == 0;
        if (hour > 23 && !midnight || minute > 59 || second > 59) {
            throw new DateTimeException("not a time: " + text);
        }
        LocalDate day = LocalDate.of(number(form.group(1)), number(form.group(3)), number(form.group(4)));
        long whole = day.atStartOfDay().toEpochSecond(ZoneOffset.UTC) + hour * 3600L + minute * 60L + second;
        return (whole * 1_000_000 + micros(form.group(8))) / 1e6; // rounded as DuckDB's epoch
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int micros(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000").substring(0, 6));
    }
}
