package org.lungo.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of a result into chunks of a fixed number of rows, good and bad together. A row of the result holds the
 * values of the fields, then what is wrong with it ({@link #fault}) or null, then the kept columns.
 */
final class ChunkReader implements RowCollector {
    private static final String SEPARATOR = ":";

    private final List<Field> fields;
    private final List<String> kept;
    private final int capacity;
    private final double[][] numbers;
    private final @Nullable String[][] texts;
    private final @Nullable String[][] copies;
    private long[] places;
    private List<BadRow> bad = new ArrayList<>();
    private int good;
    private int read;

    ChunkReader(List<Field> fields, List<String> kept, int capacity) {
        this.fields = fields;
        this.kept = kept;
        this.capacity = capacity;
        this.numbers = new double[fields.size()][];
        this.texts = new String[fields.size()][];
        this.copies = new String[kept.size()][];
        this.places = new long[0];
        clear();
    }

    /** SQL for what is wrong with a row: the place of the first field with a bad value and the value, or null. */
    static String fault(List<Field> fields, List<String> missing, @Nullable String brokenLine) {
        StringBuilder cases = new StringBuilder();
        if (brokenLine != null) {
            cases.append(" WHEN ").append(brokenLine).append(" IS NOT NULL THEN '-1" + SEPARATOR + "' || ");
            cases.append(brokenLine);
        }
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).kind().isNumeric()) {
                String clean = Sql.clean(fields.get(i).name(), missing);
                cases.append(" WHEN ").append(Sql.bad(fields.get(i), clean));
                cases.append(" THEN '").append(i).append(SEPARATOR + "' || ").append(clean);
            }
        }
        return cases.isEmpty() ? "NULL" : "CASE" + cases + " END";
    }

    @Override
    public void consume(ResultSet rows, long start, LongFunction<RowMark> marks, Consumer<Chunk> chunks)
            throws SQLException {
        long row = start;
        while (rows.next()) {
            row++;
            read++;
            String fault = rows.getString(fields.size() + 1);
            if (fault == null) {
                take(rows, row);
            } else {
                bad.add(badRow(row, fault));
            }
            if (read == capacity) {
                chunks.accept(chunk(marks.apply(row)));
            }
        }
        if (read > 0) {
            chunks.accept(chunk(marks.apply(row)));
        }
    }

    private void take(ResultSet rows, long row) throws SQLException {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == null) {
                texts[i][good] = rows.getString(i + 1);
            } else {
                double value = rows.getDouble(i + 1);
                numbers[i][good] = rows.wasNull() ? Double.NaN : value;
            }
        }
        for (int i = 0; i < copies.length; i++) {
            copies[i][good] = rows.getString(fields.size() + 2 + i);
        }
        places[good++] = row;
    }

    private BadRow badRow(long row, String fault) {
        int end = fault.indexOf(SEPARATOR);
        int field = Integer.parseInt(fault.substring(0, end));
        return RowCollector.badRow(fields, row, field, fault.substring(end + 1));
    }

    private Chunk chunk(RowMark end) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            columns.add(
                    numbers[i] == null ? new TextColumn(name, cut(texts[i])) : new NumberColumn(name, cut(numbers[i])));
        }
        List<Column> copied = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            copied.add(new TextColumn(kept.get(i), cut(copies[i])));
        }
        Chunk chunk = new Chunk(
                Table.of(columns), copied.isEmpty() ? null : Table.of(copied), Arrays.copyOf(places, good), bad, end);
        clear();
        return chunk;
    }

    private double[] cut(double[] values) {
        return good == capacity ? values : Arrays.copyOf(values, good);
    }

    private @Nullable String[] cut(@Nullable String[] values) {
        return good == capacity ? values : Arrays.copyOf(values, good);
    }

    private void clear() {
        good = 0;
        read = 0;
        bad = new ArrayList<>();
        places = new long[capacity];
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).kind().isNumeric()) {
                numbers[i] = new double[capacity];
            } else {
                texts[i] = new String[capacity];
            }
        }
        for (int i = 0; i < kept.size(); i++) {
            copies[i] = new String[capacity];
        }
    }

    @Override
    public void close() {}
}
