package org.lungo.data;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A date format in the notation of C's {@code strptime}, read as DuckDB reads it, without DuckDB: numbers may lack leading
 * zeros, a blank stands for any blanks, names of months are English.
 *
 * <p>Directives: {@code %Y %y} year (two digits: 1969 to 2068), {@code %m %b %B} month, {@code %d} day, {@code %H} hour, or
 * {@code %I} with {@code %p}, {@code %M} minute, {@code %S} second, {@code %f} its fraction, {@code %%} a percent sign.
 */
record DatePattern(String text) {
    private static final String KNOWN = "YymbBdHIMSfp%";
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    DatePattern {
        List<Character> directives = directives(text);
        for (char directive : directives) {
            require(KNOWN.indexOf(directive) >= 0, text);
            require(directive == '%' || directives.indexOf(directive) == directives.lastIndexOf(directive), text);
        }
        require(count(directives, "Yy") == 1 && count(directives, "mbB") == 1 && count(directives, "d") == 1, text);
        require(count(directives, "HI") <= 1 && count(directives, "I") == count(directives, "p"), text);
    }

    private static List<Character> directives(String text) {
        List<Character> directives = new ArrayList<>();
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 2)) {
            directives.add(i + 1 < text.length() ? text.charAt(i + 1) : ' ');
        }
        return directives;
    }

    private static long count(List<Character> directives, String wanted) {
        return directives.stream()
                .filter(directive -> wanted.indexOf(directive) >= 0)
                .count();
    }

    private static void require(boolean valid, String text) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "a date format must have one year (%Y or %y), one month (%m, %b or %B) and"
                            + " one day (%d), and may have a time (%H or %I with %p, %M, %S, %f), such as %d.%m.%Y. Received: "
                            + text);
        }
    }

    /**
     * Seconds since 1970-01-01T00:00Z.
     *
     * @throws DateTimeException when {@code value} has another form or is no date
     */
    double seconds(String value) {
        Reading reading = new Reading(value);
        reading.blanks();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '%' && text.charAt(i + 1) != '%') {
                reading.part(text.charAt(++i));
            } else if (isBlank(character)) {
                reading.need(reading.at < value.length() && isBlank(value.charAt(reading.at)));
                reading.blanks();
                while (i + 1 < text.length() && isBlank(text.charAt(i + 1))) {
                    i++;
                }
            } else {
                i += character == '%' ? 1 : 0;
                reading.need(reading.at < value.length() && value.charAt(reading.at++) == character);
            }
        }
        reading.blanks();
        reading.need(reading.at == value.length());
        return reading.seconds();
    }

    /** The text of a moment in this form, with leading zeros. What the form leaves out is left out. */
    String format(LocalDateTime moment) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            all.append(character == '%' ? part(text.charAt(++i), moment) : String.valueOf(character));
        }
        return all.toString();
    }

    private static String part(char directive, LocalDateTime moment) {
        String letters = MONTHS.get(moment.getMonthValue() - 1);
        String month = Character.toUpperCase(letters.charAt(0)) + letters.substring(1);
        return switch (directive) {
            case 'Y' -> digits(4, moment.getYear());
            case 'y' -> digits(2, Math.floorMod(moment.getYear(), 100));
            case 'm' -> digits(2, moment.getMonthValue());
            case 'b' -> month.substring(0, 3);
            case 'B' -> month;
            case 'd' -> digits(2, moment.getDayOfMonth());
            case 'H' -> digits(2, moment.getHour());
            case 'I' -> digits(2, (moment.getHour() + 11) % 12 + 1);
            case 'M' -> digits(2, moment.getMinute());
            case 'S' -> digits(2, moment.getSecond());
            case 'f' -> digits(6, moment.getNano() / 1000);
            case 'p' -> moment.getHour() < 12 ? "AM" : "PM";
            default -> "%";
        };
    }

    private static String digits(int count, int number) {
        return String.format(Locale.ROOT, "%0" + count + "d", number);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }

    /** One value on its way through the pattern. */
    private static final class Reading {
        private final String value;
        private final int[] date = {1900, 1, 1};
        private final int[] time = new int[4];
        private boolean half;
        private boolean afternoon;
        private int at;

        Reading(String value) {
            this.value = value;
        }

        void need(boolean holds) {
            if (!holds) {
                throw new DateTimeException("not a date: " + value);
            }
        }

        void blanks() {
            while (at < value.length() && isBlank(value.charAt(at))) {
                at++;
            }
        }

        void part(char directive) {
            switch (directive) {
                case 'Y' -> date[0] = number(4, 0, 9999);
                case 'y' -> {
                    int year = number(2, 0, 99);
                    date[0] = year + (year < 69 ? 2000 : 1900);
                }
                case 'm' -> date[1] = number(2, 1, 12);
                case 'b' -> date[1] = month(3);
                case 'B' -> date[1] = month(Integer.MAX_VALUE);
                case 'd' -> date[2] = number(2, 1, 31);
                case 'H' -> time[0] = number(2, 0, 23);
                case 'I' -> time[0] = number(2, 1, 12);
                case 'M' -> time[1] = number(2, 0, 59);
                case 'S' -> time[2] = number(2, 0, 59);
                case 'f' -> time[3] = fraction();
                default -> half();
            }
        }

        private int number(int digits, int min, int max) {
            int start = at;
            int number = 0;
            while (at < value.length() && at < start + digits && digit(value.charAt(at))) {
                number = 10 * number + value.charAt(at++) - '0';
            }
            need(at > start && number >= min && number <= max);
            return number;
        }

        private int fraction() {
            int start = at;
            int micros = number(6, 0, 999_999);
            for (int digits = at - start; digits < 6; digits++) {
                micros *= 10;
            }
            return micros;
        }

        private int month(int letters) {
            String rest = value.substring(at).toLowerCase(Locale.ROOT);
            for (int i = 0; i < MONTHS.size(); i++) {
                String name = MONTHS.get(i);
                String wanted = name.substring(0, Math.min(letters, name.length()));
                if (rest.startsWith(wanted)) {
                    at += wanted.length();
                    return i + 1;
                }
            }
            throw new DateTimeException("no month: " + value);
        }

        private void half() {
            String rest = value.substring(at).toLowerCase(Locale.ROOT);
            need(rest.startsWith("am") || rest.startsWith("pm"));
            half = true;
            afternoon = rest.startsWith("p");
            at += 2;
        }

        private static boolean digit(char character) {
            return character >= '0' && character <= '9';
        }

        double seconds() {
            int hour = half ? time[0] % 12 + (afternoon ? 12 : 0) : time[0];
            LocalDateTime moment = LocalDateTime.of(date[0], date[1], date[2], hour, time[1], time[2]);
            return (moment.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time[3]) / 1e6; // rounded as DuckDB's epoch
        }
    }
}
