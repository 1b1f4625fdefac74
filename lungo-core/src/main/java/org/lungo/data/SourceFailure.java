package org.lungo.data;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns an error of DuckDB into one that names the line and what to do. */
final class SourceFailure {
    private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern COLUMNS = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");

    private SourceFailure() {}

    static DataException of(Source source, SQLException e) {
        String message = String.valueOf(e.getMessage());
        Matcher line = LINE.matcher(message);
        Matcher columns = COLUMNS.matcher(message);
        if (line.find()) {
            String found = columns.find()
                    ? "expected " + columns.group(1) + " values. Received: " + columns.group(2)
                    : firstLine(message);
            return new DataException(
                    "E302",
                    source.location() + ":" + line.group(1) + ": " + found
                            + "; correct the line, or set data.read.delimiter if another sign separates the values");
        }
        return new DataException("E302", "cannot read " + source.location() + ": " + firstLine(message));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
