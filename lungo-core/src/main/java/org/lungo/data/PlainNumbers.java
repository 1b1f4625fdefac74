package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a wide CSV file that hold nothing but {@linkplain PlainNumber plain numbers} and missing values, read once and
 * kept in the heap. DuckDB needs ten times as long to read and look at them as texts; it keeps all that is harder to read: other
 * columns, and files with quotes or lines of several lengths.
 *
 * @param columns by name, with what was found in them
 */
record PlainNumbers(int rows, Map<String, Found> columns) {
    static final PlainNumbers NONE = new PlainNumbers(0, Map.of());

    /** The share of the heap that the columns may take. */
    private static final int SHARE = 8;

    /** After this number of rows it is known about how many there will be. */
    private static final int FIRST_ROWS = 1024;

    /** A column. */
    record Found(NumberColumn numbers, ColumnProfile profile) {}

    /** The columns of {@code csv}; none where it is not wide, not of the plain kind, or too large for the heap. */
    static PlainNumbers of(Csv csv) {
        List<String> missing = csv.source().options().missing();
        boolean single = csv.delimiter().length() == 1 && "0123456789.-+eE \"".indexOf(csv.delimiter()) < 0;
        if (csv.names().size() <= ColumnGroups.COLUMNS
                || !single
                || csv.delimiter().charAt(0) > 127
                || missing.stream().anyMatch(PlainNumbers::isNumber)) {
            return NONE;
        }
        try (InputStream in = csv.source().stream()) {
            return new Reading(csv, in).numbers();
        } catch (IOException e) {
            return NONE; // DuckDB says what is wrong
        }
    }

    private static boolean isNumber(String text) {
        byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
        return !Double.isNaN(PlainNumber.parse(bytes, 0, bytes.length));
    }

    /** One pass through a file. */
    private static final class Reading {
        private final Csv csv;
        private final PlainLines lines;
        private final byte delimiter;
        private final List<byte[]> missing;
        private final byte @Nullable [] quote;
        private final @Nullable PlainColumn[] columns;
        private final long maxValues = Runtime.getRuntime().maxMemory() / SHARE / Double.BYTES;
        private int plain;
        private int rows;

        Reading(Csv csv, InputStream in) {
            this.csv = csv;
            this.lines = new PlainLines(in);
            this.delimiter = (byte) csv.delimiter().charAt(0);
            this.missing = csv.source().options().missing().stream()
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .toList();
            this.quote = csv.quote().isEmpty() ? null : csv.quote().getBytes(StandardCharsets.UTF_8);
            this.columns = new PlainColumn[csv.names().size()];
            this.plain = columns.length;
            for (int i = 0; i < plain; i++) {
                columns[i] = new PlainColumn(FIRST_ROWS);
            }
        }

        PlainNumbers numbers() throws IOException {
            if (quote != null && quote.length > 1) {
                return NONE;
            }
            for (int i = 0; i < csv.skip() + (csv.header() ? 1 : 0); i++) {
                if (!lines.next() || quote != null && oddQuotes()) {
                    return NONE;
                }
            }
            while (lines.next()) {
                if (!row() || plain == 0 || (long) ++rows * plain > maxValues) {
                    return NONE;
                }
                if (rows == FIRST_ROWS) {
                    reserve(Files.size(Path.of(csv.source().location())));
                }
            }
            return lines.atEnd() ? found() : NONE;
        }

        /** Makes room for the rows of a file of {@code bytes}; a packed one has more. */
        private void reserve(long bytes) {
            long expected = (long) (1.01 * bytes * rows / lines.passed());
            if (expected * plain <= maxValues) {
                for (PlainColumn column : columns) {
                    if (column != null) {
                        column.reserve((int) expected);
                    }
                }
            }
        }

        /** Whether a quoted name goes on in the next line. */
        private boolean oddQuotes() {
            return lines.toString()
                                    .chars()
                                    .filter(c -> c == csv.quote().charAt(0))
                                    .count()
                            % 2
                    == 1;
        }

        private boolean row() {
            byte[] bytes = lines.bytes();
            int at = lines.start();
            int end = lines.end();
            for (int i = 0; i < columns.length; i++) {
                int to = at;
                while (to < end && bytes[to] != delimiter) {
                    to++;
                }
                boolean last = i == columns.length - 1;
                if (last != (to == end)) {
                    return false; // fewer or more values
                }
                PlainColumn column = columns[i];
                if (column == null ? quoted(bytes, at, to) : !add(column, bytes, at, to)) {
                    if (quoted(bytes, at, to)) {
                        return false;
                    }
                    columns[i] = null;
                    plain--;
                }
                at = to + 1;
            }
            return true;
        }

        private boolean quoted(byte[] bytes, int from, int to) {
            if (quote != null) {
                for (int at = from; at < to; at++) {
                    if (bytes[at] == quote[0]) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Adds a value; false when it is neither a plain number nor missing. */
        private boolean add(PlainColumn column, byte[] bytes, int first, int end) {
            int from = first;
            int to = end;
            while (from < to && bytes[from] == ' ') {
                from++;
            }
            while (from < to && bytes[to - 1] == ' ') {
                to--;
            }
            double value = PlainNumber.parse(bytes, from, to);
            if (Math.abs(value) < NumberColumn.EXACT) {
                column.add(value);
                column.see(bytes, from, to);
                return true;
            }
            if (Double.isNaN(value) && (first == end || isMissing(bytes, from, to))) {
                column.add(value);
                return true;
            }
            return false;
        }

        private boolean isMissing(byte[] bytes, int from, int to) {
            for (byte[] text : missing) {
                if (Arrays.equals(bytes, from, to, text, 0, text.length)) {
                    return true;
                }
            }
            return false;
        }

        private PlainNumbers found() {
            List<Integer> places = IntStream.range(0, columns.length)
                    .filter(i -> columns[i] != null && columns[i].hasValues())
                    .boxed()
                    .toList();
            List<Found> found = places.parallelStream()
                    .map(i -> found(csv.names().get(i), Objects.requireNonNull(columns[i])))
                    .toList();
            Map<String, Found> byName = new LinkedHashMap<>();
            for (Found column : found) {
                byName.put(column.numbers().name(), column);
            }
            return rows == 0 ? NONE : new PlainNumbers(rows, byName);
        }

        private static Found found(String name, PlainColumn column) {
            return new Found(column.column(name), column.profile(name));
        }
    }
}
