package org.lungo.data;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/** The forms that dates are looked for in. */
final class DateFormats {
    /** Years before this are two digits that were meant for another century. */
    static final int FIRST_YEAR = 1000;

    private static final double FIRST_SECOND = -30_610_224_000.0; // 1000-01-01T00:00Z
    private static final List<String> DAYS = List.of(
            "%m/%d/%Y",
            "%d/%m/%Y",
            "%d.%m.%Y",
            "%m-%d-%Y",
            "%d-%m-%Y",
            "%d %b %Y",
            "%d %B %Y",
            "%d-%b-%Y",
            "%b %d, %Y",
            "%B %d, %Y");
    private static final List<String> TIMES = List.of("", " %H:%M", " %H:%M:%S", " %I:%M %p");

    /** The common forms in the order in which they are tried. */
    static final List<String> COMMON =
            TIMES.stream().flatMap(time -> DAYS.stream().map(day -> day + time)).toList();

    private DateFormats() {}

    /** The common forms that at least one of these values has. */
    static List<String> common(List<String> values) {
        List<String> formats = new ArrayList<>();
        for (String format : COMMON) {
            DatePattern pattern = new DatePattern(format);
            if (values.stream().anyMatch(value -> reads(pattern, value))) {
                formats.add(format);
            }
        }
        return formats;
    }

    private static boolean reads(DatePattern pattern, String value) {
        try {
            return pattern.seconds(value) >= FIRST_SECOND;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * The forms to read a column in: those that fit every value, else the one that fits the largest number of values.
     *
     * @param counts how many values each of {@code formats} fits
     */
    static List<String> fitting(List<String> formats, List<Long> counts, long present) {
        List<String> all = new ArrayList<>();
        int best = -1;
        for (int i = 0; i < formats.size(); i++) {
            if (counts.get(i) == present) {
                all.add(formats.get(i));
            }
            best = counts.get(i) > (best < 0 ? 0 : counts.get(best)) ? i : best;
        }
        return !all.isEmpty() ? all : best < 0 ? List.of() : List.of(formats.get(best));
    }
}
