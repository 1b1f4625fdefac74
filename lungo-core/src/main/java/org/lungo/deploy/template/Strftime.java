package org.lungo.deploy.template;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * Times as Python's {@code strftime} writes them in the C locale, which is English; transformers gives templates the
 * function {@code strftime_now}.
 */
public final class Strftime {
    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('b', "MMM"),
            Map.entry('h', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('c', "EEE MMM ppd HH:mm:ss yyyy"),
            Map.entry('d', "dd"),
            Map.entry('D', "MM/dd/yy"),
            Map.entry('e', "ppd"),
            Map.entry('f', "SSSSSS"),
            Map.entry('F', "yyyy-MM-dd"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('j', "DDD"),
            Map.entry('m', "MM"),
            Map.entry('M', "mm"),
            Map.entry('p', "a"),
            Map.entry('R', "HH:mm"),
            Map.entry('S', "ss"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('x', "MM/dd/yy"),
            Map.entry('X', "HH:mm:ss"),
            Map.entry('y', "yy"),
            Map.entry('Y', "yyyy"));

    private Strftime() {}

    /** {@code strftime_now(format)}, by {@code clock} and its zone. */
    public static TemplateFunction now(Clock clock) {
        return arguments -> format(arguments.single("strftime_now"), LocalDateTime.now(clock));
    }

    /**
     * {@code time} by {@code format}, such as {@code %d %b %Y}; {@code %-d} leaves out zeros at the start.
     *
     * @throws TemplateException when a letter of the format is unknown
     */
    static String format(String format, LocalDateTime time) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            boolean bare = format.charAt(i + 1) == '-' && i + 2 < format.length();
            i += bare ? 2 : 1;
            String part = part(format.charAt(i), time);
            text.append(bare ? part.replaceFirst("^[0 ]+(?=.)", "") : part);
        }
        return text.toString();
    }

    private static String part(char letter, LocalDateTime time) {
        if (letter == '%') {
            return "%";
        }
        if (letter == 'u') {
            return String.valueOf(time.getDayOfWeek().getValue());
        }
        String pattern = PATTERNS.get(letter);
        if (pattern == null) {
            throw new TemplateException("a format of strftime such as %d %b %Y was expected. Received: %" + letter);
        }
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
