package org.lungo.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Columns of equal length, held in memory. Immutable by convention: nobody writes into the arrays. */
public final class Table implements Rows {
    private static final int CHUNK = 1 << 16;

    private final Map<String, Column> columns;
    private final int rows;

    private Table(Map<String, Column> columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * A table of the given columns.
     *
     * @throws IllegalArgumentException when lengths differ, a name is used twice or there is no column
     */
    public static Table of(List<? extends Column> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table needs at least one column. Received: none");
        }
        int rows = columns.get(0).rows();
        Map<String, Column> byName = new LinkedHashMap<>();
        for (Column column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException("columns must have equal length. Received: '"
                        + columns.get(0).name() + "' with " + rows + " rows, '" + column.name() + "' with "
                        + column.rows());
            }
            if (byName.put(column.name(), column) != null) {
                throw new IllegalArgumentException(
                        "column names must differ. Received: '" + column.name() + "' twice; rename one of the two");
            }
        }
        return new Table(byName, rows);
    }

    /** The columns in order. */
    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    /** The column names in order. */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    @Override
    public int rows() {
        return rows;
    }

    /** True when there is a column {@code name}. */
    public boolean has(String name) {
        return columns.containsKey(name);
    }

    /**
     * The column {@code name}.
     *
     * @throws IllegalArgumentException when there is none; the message lists the columns
     */
    @Override
    public Column column(String name) {
        @Nullable Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException(
                    "no column '" + name + "'. Columns: " + String.join(", ", columns.keySet()));
        }
        return column;
    }

    /** The column {@code name}, which must hold numbers. */
    public NumberColumn numbers(String name) {
        if (column(name) instanceof NumberColumn numbers) {
            return numbers;
        }
        throw new IllegalArgumentException("column '" + name + "' must hold numbers. Received: text");
    }

    /** The column {@code name}, which must hold text. */
    public TextColumn texts(String name) {
        if (column(name) instanceof TextColumn texts) {
            return texts;
        }
        throw new IllegalArgumentException("column '" + name + "' must hold text. Received: numbers");
    }

    /** The given rows, in the given order. */
    @Override
    public Table select(int[] rows) {
        return of(columns.values().stream().map(column -> column.select(rows)).toList());
    }

    /** The rows from {@code from} (inclusive) to {@code to} (exclusive). */
    public Table slice(int from, int to) {
        int[] selected = new int[to - from];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = from + i;
        }
        return select(selected);
    }

    @Override
    public void forEachChunk(Consumer<Table> chunks) {
        for (int start = 0; start < rows; start += CHUNK) {
            int end = Math.min(rows, start + CHUNK);
            chunks.accept(end - start == rows ? this : slice(start, end));
        }
    }

    @Override
    public Table load() {
        return this;
    }

    /** The same table without some columns; names that do not occur are ignored. */
    public Table without(List<String> names) {
        return of(columns.values().stream()
                .filter(column -> !names.contains(column.name()))
                .toList());
    }

    /** The rows of several tables with the same columns, one after the other. */
    public static Table concat(List<Table> tables) {
        if (tables.size() == 1) {
            return tables.get(0);
        }
        List<Column> joined = new ArrayList<>();
        for (Column first : tables.get(0).columns()) {
            List<Column> parts =
                    tables.stream().map(table -> table.column(first.name())).toList();
            joined.add(join(first, parts));
        }
        return of(joined);
    }

    private static Column join(Column first, List<Column> parts) {
        int rows = parts.stream().mapToInt(Column::rows).sum();
        int at = 0;
        if (first instanceof NumberColumn) {
            double[] values = new double[rows];
            for (Column part : parts) {
                System.arraycopy(((NumberColumn) part).values(), 0, values, at, part.rows());
                at += part.rows();
            }
            return new NumberColumn(first.name(), values);
        }
        @Nullable String[] values = new String[rows];
        for (Column part : parts) {
            System.arraycopy(((TextColumn) part).values(), 0, values, at, part.rows());
            at += part.rows();
        }
        return new TextColumn(first.name(), values);
    }
}
