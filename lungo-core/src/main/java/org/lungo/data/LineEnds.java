package org.lungo.data;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a line of a user's text ends: at LF or CRLF. A CR alone is a character of its line, and so are U+0085, U+2028 and
 * U+2029. (The JDK's readers of lines also end one at a CR alone.)
 */
public final class LineEnds {
    private LineEnds() {}

    /** The lines of {@code text} without their ends; an end of a line at the end of the text begins no other. */
    public static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            boolean pair = end > start && text.charAt(end - 1) == '\r';
            lines.add(text.substring(start, pair ? end - 1 : end));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    /**
     * The next line without its end, or null when nothing is left.
     *
     * @param reader a buffered one, which is read one character at a time
     */
    static @Nullable String read(Reader reader) throws IOException {
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            line.append((char) c);
        }
        int last = line.length() - 1;
        if (c == '\n' && last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }
}
