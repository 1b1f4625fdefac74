package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns an error of DuckDB or a driver into one in our words, which names the line and what to do. */
final class SourceFailure {
    private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern COLUMNS = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");
    private static final Pattern LENGTH = Pattern.compile("Maximum line size of (\\d+) bytes exceeded");
    private static final Pattern WRAPPED = Pattern.compile("(?s)\"exception_message\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TITLE = Pattern.compile("^([A-Z][A-Za-z-]*( [A-Za-z-]+)* Error|Error): ?");

    private SourceFailure() {}

    /** What went wrong while a result of {@code source} was streamed, which hides it: reading once more tells. */
    static RuntimeException streamed(Source source, String relation, SQLException e) {
        if (relation.equals(Relation.IMPORTED)) {
            return of(source, e);
        }
        try (Connection plain = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = plain.createStatement()) {
            statement.execute("SELECT count(COLUMNS(*)) FROM " + relation);
            return of(source, e);
        } catch (SQLException detailed) {
            return of(source, detailed);
        }
    }

    /** What went wrong while {@code source} was read. */
    static RuntimeException of(Source source, SQLException e) {
        RuntimeException resources = resources(source, e);
        if (resources != null) {
            return resources;
        }
        boolean file = !source.isDatabase() && !source.isGenerated();
        if (file && lower(e).contains("utf-8")) {
            checkEncoding(source);
        }
        DataException known =
                file && source.isUtf8Json() ? JsonFault.of(source) : csv(source, String.valueOf(e.getMessage()));
        return known != null
                ? known
                : new DataException(
                        "E302",
                        "cannot read " + source.title() + ": " + reason(e)
                                + (file && source.extension().equals("parquet")
                                        ? "; is it complete, and a Parquet file?"
                                        : ""));
    }

    /** What the machine lacks, or null. */
    private static @Nullable RuntimeException resources(Source source, SQLException e) {
        String message = lower(e);
        if (message.contains("no space left")
                || message.contains("disk quota exceeded")
                || message.contains("\"errno\":\"28\"")) {
            return new UncheckedIOException(new IOException("the disk is full (" + reason(e)
                    + "); make room, or name another folder for temporary files with -Djava.io.tmpdir"));
        }
        return message.contains("out of memory error")
                ? new UncheckedIOException(new IOException("reading " + source.title() + " needs more memory ("
                        + reason(e) + "); close other programs, make room for temporary files, or divide the table"))
                : null;
    }

    private static String lower(SQLException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }

    /** What is wrong with a CSV file, or null. */
    private static @Nullable DataException csv(Source source, String message) {
        Matcher length = LENGTH.matcher(message);
        if (length.find()) {
            return new DataException(
                    "E302",
                    "cannot read " + source.title() + ": a line must have at most " + length.group(1)
                            + " bytes; is a quote not closed, or does another character end the lines?");
        }
        Matcher line = LINE.matcher(message);
        if (line.find()) {
            return new DataException("E302", source.title() + ":" + line.group(1) + ": " + csv(message));
        }
        return message.contains("reached an invalid state")
                ? new DataException(
                        "E302",
                        "cannot read " + source.title() + ": its lines end in several ways, or its quotes do not match;"
                                + " write it anew with one line end and closed quotes")
                : null;
    }

    private static void checkEncoding(Source source) {
        try (InputStream in = source.stream()) {
            if (Encoding.named(source.options().encoding()).isUtf8()) {
                Utf8.check(source.location(), in, Long.MAX_VALUE);
            }
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + source.location() + ": " + e.getMessage());
        }
    }

    private static String csv(String message) {
        Matcher columns = COLUMNS.matcher(message);
        if (columns.find()) {
            return "expected " + columns.group(1) + " values. Received: " + columns.group(2)
                    + "; correct the line, or set data.read.delimiter if another character separates the values";
        }
        if (message.contains("nterminated quote")) {
            return "a quote is not closed; close it, or set data.read.quote: '' if quotes have no meaning in this file";
        }
        return "the line is no CSV: check its quotes; correct the line, or set data.read.quote and data.read.delimiter";
    }

    /** What a driver says, in one line: without the query, its marks and the kind of the error. */
    static String reason(SQLException e) {
        String message = String.valueOf(e.getMessage());
        Matcher wrapped = WRAPPED.matcher(message);
        String first = (wrapped.find() ? wrapped.group(1) : message)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("no reason given");
        String plain = TITLE.matcher(first.replaceFirst("[;:]? ?(SQL statement:|LINE 1:).*", ""))
                .replaceFirst("");
        return plain.equals("Invalid result set")
                ? "the rows end before their time; check quotes and line ends"
                : Sql.columns(plain.replaceFirst("[.\\s]+$", ""));
    }
}
