package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The first characters of a text file. */
public record TextStart(String text) {
    private static final int BYTES = 1 << 16;

    public static TextStart of(Source source) throws IOException {
        try (InputStream in = source.stream()) {
            byte[] bytes = in.readNBytes(BYTES);
            Encoding encoding = Encoding.named(source.options().encoding());
            String text = new String(bytes, encoding.charset(bytes));
            return new TextStart(text.startsWith("\uFEFF") ? text.substring(1) : text);
        }
    }

    /** Whether lines end with a carriage return alone, or in several ways; DuckDB refuses both. */
    boolean endsLinesOddly(String quote) {
        boolean quoted = false;
        Set<String> ends = new HashSet<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= quote.indexOf(c) >= 0;
            if (!quoted && c == '\n') {
                ends.add("\n");
            } else if (!quoted && c == '\r' && i + 1 < text.length()) {
                boolean pair = text.charAt(i + 1) == '\n';
                ends.add(pair ? "\r\n" : "\r");
                i += pair ? 1 : 0;
            }
        }
        return ends.contains("\r") || ends.size() > 1;
    }

    /** The lines, without the last one, which may be cut, unless it is the only one. */
    public List<String> lines() {
        List<String> lines = LineEnds.split(text);
        return lines.size() > 1 ? lines.subList(0, lines.size() - 1) : lines;
    }

    /** The number of columns of the first line if {@code delimiter} divides them. */
    long columns(String delimiter) {
        return text.lines().findFirst().orElse("").split(Pattern.quote(delimiter), -1).length;
    }

    /** At most {@code maxRecords} records of a CSV file after {@code skip} lines; blank lines are none. */
    List<List<String>> records(int skip, String delimiter, String quote, int maxRecords) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int at = afterLines(skip); at < text.length() && records.size() < maxRecords; at++) {
            char c = text.charAt(at);
            if (quote.indexOf(c) >= 0) {
                quoted = !quoted;
            } else if (!quoted && text.startsWith(delimiter, at)) {
                record.add(value.toString());
                value.setLength(0);
                at += delimiter.length() - 1;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                if (!record.isEmpty() || !value.isEmpty()) {
                    record.add(value.toString());
                    records.add(record);
                    record = new ArrayList<>();
                    value.setLength(0);
                }
            } else {
                value.append(c);
            }
        }
        if (records.size() < maxRecords && text.length() < BYTES / 2 && !(record.isEmpty() && value.isEmpty())) {
            record.add(value.toString());
            records.add(record);
        }
        return records;
    }

    private int afterLines(int lines) {
        int at = 0;
        for (int i = 0; i < lines; i++) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return text.length();
            }
            at = end + 1;
        }
        return at;
    }
}
