package org.lungo.data;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of a result with many columns into chunks of a fixed number of rows. DuckDB hands over the texts as they stand,
 * because it plans a query in time that grows faster than the expressions in it. {@linkplain PlainNumber Plain numbers} are read
 * here; all other numbers and dates of a chunk are put below each other and read by DuckDB, by the same rules as in a narrow
 * table. A row of the result holds the texts of the fields, then those of kept columns that are no fields, then perhaps the
 * line where it is no row.
 */
final class WideChunkReader implements RowCollector {
    private static final String ODD = "odd_values";

    private final List<Field> fields;
    private final List<String> kept;
    private final int[] places;
    private final int brokenLine;
    private final int capacity;
    private final Set<String> missing;
    private final List<List<Field>> alike;
    private final int[] forms;
    private final Connection connection = TableReader.connect();
    private final List<Odd> odd = new ArrayList<>();
    private final double[][] numbers;
    private final @Nullable String[][] texts;
    private final @Nullable String[][] copies;
    private final Map<Integer, Fault> faults = new HashMap<>();
    private int read;

    /** A text of a number or date that is read by DuckDB; {@code row} is its place in the chunk. */
    private record Odd(int place, int row, String text) {}

    /** The first value of a row that cannot be used; a negative place for a line that is no row. */
    private record Fault(int place, String text) {}

    /** @param places where the result has each of {@code kept}, see {@link #places} */
    WideChunkReader(List<Field> fields, List<String> kept, int[] places, int capacity, List<String> missing) {
        this.fields = fields;
        this.kept = kept;
        this.places = places;
        this.brokenLine = Math.max(fields.size(), Arrays.stream(places).max().orElse(0)) + 1;
        this.capacity = capacity;
        this.missing = Set.copyOf(missing);
        this.alike = Cells.alike(fields);
        this.forms = new int[fields.size()];
        Map<String, Integer> formOf = new HashMap<>();
        for (int form = 0; form < alike.size(); form++) {
            for (Field field : alike.get(form)) {
                formOf.put(field.name(), form);
            }
        }
        Arrays.setAll(forms, i -> formOf.getOrDefault(fields.get(i).name(), 0));
        this.numbers = new double[fields.size()][];
        this.texts = new String[fields.size()][];
        this.copies = new String[kept.size()][capacity];
        for (int i = 0; i < forms.length; i++) {
            if (fields.get(i).kind().isNumeric()) {
                numbers[i] = new double[capacity];
            } else {
                texts[i] = new String[capacity];
            }
        }
    }

    /**
     * SQL for the rows that are read here. It names columns alone where it can: with a value of another kind among them, DuckDB
     * holds the rows of 5,000 columns twice.
     *
     * @param brokenLine the column that holds a line that is no row, or null
     */
    static String query(List<Field> fields, List<String> kept, String relation, @Nullable String brokenLine) {
        String end = (brokenLine == null ? "" : ", " + brokenLine) + " FROM " + relation;
        return names(fields, kept).stream()
                .map(name -> "CAST(" + Sql.name(name) + " AS VARCHAR)")
                .collect(Collectors.joining(", ", "SELECT ", end));
    }

    /** The columns of the result; each is there once, because DuckDB holds 2,048 values of each. */
    private static List<String> names(List<Field> fields, List<String> kept) {
        return Stream.concat(fields.stream().map(Field::name), kept.stream())
                .distinct()
                .toList();
    }

    /** The place of each kept column in the result of {@link #query}, from 1. */
    static int[] places(List<Field> fields, List<String> kept) {
        Map<String, Integer> places = new HashMap<>();
        names(fields, kept).forEach(name -> places.put(name, places.size() + 1));
        return kept.stream().mapToInt(places::get).toArray();
    }

    @Override
    public void consume(ResultSet rows, long start, LongFunction<RowMark> marks, Consumer<Chunk> chunks)
            throws SQLException {
        long row = start;
        boolean lines = rows.getMetaData().getColumnCount() == brokenLine;
        while (rows.next()) {
            row++;
            take(rows, lines);
            if (read == capacity) {
                chunks.accept(chunk(row, marks.apply(row)));
            }
        }
        if (read > 0) {
            chunks.accept(chunk(row, marks.apply(row)));
        }
    }

    private void take(ResultSet rows, boolean lines) throws SQLException {
        String broken = lines ? rows.getString(brokenLine) : null;
        if (broken != null) {
            faults.put(read++, new Fault(-1, broken));
            return;
        }
        for (int i = 0; i < numbers.length; i++) {
            String clean = clean(rows.getString(i + 1));
            if (numbers[i] == null) {
                texts[i][read] = clean;
            } else {
                numbers[i][read] = number(i, clean);
            }
        }
        for (int i = 0; i < copies.length; i++) {
            copies[i][read] = rows.getString(places[i]);
        }
        read++;
    }

    private @Nullable String clean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String trimmed = trimmed(text);
        return missing.contains(trimmed) ? null : trimmed;
    }

    /** The text without spaces around it: the characters that {@link Sql#trimmed} takes for such. */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && Character.getType(text.charAt(from)) == Character.SPACE_SEPARATOR) {
            from++;
        }
        while (from < to && Character.getType(text.charAt(to - 1)) == Character.SPACE_SEPARATOR) {
            to--;
        }
        return text.substring(from, to);
    }

    private double number(int place, @Nullable String text) {
        if (text == null) {
            return Double.NaN;
        }
        if (fields.get(place).kind() == Kind.NUMBER && fields.get(place).format() == null) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            double value = PlainNumber.parse(bytes, 0, bytes.length);
            if (Math.abs(value) < NumberColumn.EXACT) {
                return value;
            }
        }
        odd.add(new Odd(place, read, text));
        return Double.NaN;
    }

    private void readOdd() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE " + ODD + " (form INTEGER, i INTEGER, v VARCHAR)");
            try (DuckDBAppender appender =
                    connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", ODD)) {
                for (int i = 0; i < odd.size(); i++) {
                    appender.beginRow();
                    appender.append(forms[odd.get(i).place()]);
                    appender.append(i);
                    appender.append(odd.get(i).text());
                    appender.endRow();
                }
            }
            for (int form :
                    odd.stream().mapToInt(o -> forms[o.place()]).distinct().toArray()) {
                try (ResultSet values = statement.executeQuery("SELECT i, "
                        + Sql.value(alike.get(form).get(0), "v") + " FROM " + ODD + " WHERE form = " + form)) {
                    while (values.next()) {
                        put(odd.get(values.getInt(1)), values);
                    }
                }
            }
        }
        odd.clear();
    }

    private void put(Odd cell, ResultSet values) throws SQLException {
        double value = values.getDouble(2);
        if (values.wasNull() || !Double.isFinite(value)) {
            faults.merge(
                    cell.row(),
                    new Fault(cell.place(), cell.text()),
                    (one, other) -> one.place() < other.place() ? one : other);
        } else {
            numbers[cell.place()][cell.row()] = value;
        }
    }

    private Chunk chunk(long last, RowMark end) throws SQLException {
        if (!odd.isEmpty()) {
            readOdd();
        }
        long before = last - read;
        int[] good =
                IntStream.range(0, read).filter(row -> !faults.containsKey(row)).toArray();
        List<BadRow> bad = faults.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(fault -> RowCollector.badRow(
                        fields,
                        before + fault.getKey() + 1,
                        fault.getValue().place(),
                        fault.getValue().text()))
                .toList();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < forms.length; i++) {
            String name = fields.get(i).name();
            double[] values = numbers[i];
            columns.add(
                    values == null
                            ? new TextColumn(name, chosen(texts[i], good))
                            : new NumberColumn(
                                    name,
                                    Arrays.stream(good)
                                            .mapToDouble(row -> values[row])
                                            .toArray()));
        }
        List<Column> copied = new ArrayList<>();
        for (int i = 0; i < copies.length; i++) {
            copied.add(new TextColumn(kept.get(i), chosen(copies[i], good)));
        }
        long[] places = Arrays.stream(good).mapToLong(row -> before + row + 1).toArray();
        faults.clear();
        read = 0;
        return new Chunk(Table.of(columns), copied.isEmpty() ? null : Table.of(copied), places, bad, end);
    }

    private static @Nullable String[] chosen(@Nullable String[] values, int[] rows) {
        @Nullable String[] chosen = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = values[rows[i]];
        }
        return chosen;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
