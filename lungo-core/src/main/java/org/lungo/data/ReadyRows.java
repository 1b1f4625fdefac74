package org.lungo.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an opened source, made ready for many questions. Those of a narrow table stay where they are. Of a wide one the
 * {@linkplain PlainNumbers plain numbers} are in the heap and the other columns in a temporary table, each from the first
 * question on that needs them.
 */
final class ReadyRows {
    private final Connection connection;
    private final Columns columns;
    private final List<String> missing;
    private @Nullable PlainNumbers plain;
    private final Copies copies;
    private @Nullable Cells cells;
    private @Nullable Cells allCells;

    ReadyRows(Connection connection, Columns columns, List<String> missing) {
        this.connection = connection;
        this.columns = columns;
        this.missing = missing;
        this.copies = new Copies(connection, columns.relation());
    }

    private boolean isWide() {
        return columns.names().size() > ColumnGroups.COLUMNS;
    }

    private PlainNumbers plain() {
        PlainNumbers read = plain;
        if (read == null) {
            Csv csv = columns.csv();
            read = csv == null ? PlainNumbers.NONE : PlainNumbers.of(csv);
            plain = read;
        }
        return read;
    }

    /** The column if it is in the heap, else null. */
    @Nullable
    NumberColumn plain(String column) {
        PlainNumbers.Found found = plain().columns().get(column);
        return found == null ? null : found.numbers();
    }

    /** Whether a field is read from the heap, where all its values are known to be good. */
    boolean isPlain(Field field) {
        return field.kind() == Kind.NUMBER && field.format() == null && plain(field.name()) != null;
    }

    private List<String> others() {
        return columns.names().stream()
                .filter(name -> !plain().columns().containsKey(name))
                .toList();
    }

    /** Asks about columns of any kind. */
    Looks looks() {
        return new Looks() {
            @Override
            public <T> List<T> ask(
                    List<String> asked,
                    List<List<String>> own,
                    Question question,
                    int width,
                    long rows,
                    Answer<T> answer)
                    throws SQLException {
                return asked.isEmpty() ? List.of() : looks(asked).ask(asked, own, question, width, rows, answer);
            }
        };
    }

    private Looks looks(List<String> asked) throws SQLException {
        List<String> others = isWide() ? others() : List.of();
        boolean plainAsked = isWide() && asked.stream().anyMatch(name -> plain(name) != null);
        if (!isWide() || count() > Cells.MAX_ROWS || others.size() <= ColumnGroups.COLUMNS && !plainAsked) {
            List<String> tables = !isWide() || plainAsked
                    ? List.of()
                    : List.copyOf(copies.of(others).keySet());
            String relation = tables.size() == 1 ? tables.get(0) : columns.relation();
            return new GroupLooks(connection, new ColumnGroups(relation, missing));
        }
        if (plainAsked) {
            Cells all = allCells == null
                    ? Cells.of(connection, "all_cells", copies.of(columns.names()), missing)
                    : allCells;
            allCells = all;
            return all;
        }
        Cells ready = cells == null ? Cells.of(connection, "cells", copies.of(others), missing) : cells;
        cells = ready;
        return ready;
    }

    /** What one pass over every column finds. */
    Profile profile() throws SQLException {
        List<String> others = others();
        long[] rows = {plain().rows()};
        if (isWide() && count() == 0) {
            return new Profile(0, List.of());
        }
        List<ColumnProfile> found = looks().ask(
                        others, ProfileRow.question(null), ProfileRow.WIDTH, (name, row, at) -> {
                            rows[0] = ProfileRow.rows(row, at);
                            return ProfileRow.read(name, row, at);
                        });
        Map<String, ColumnProfile> byName = new LinkedHashMap<>();
        plain().columns().forEach((name, column) -> byName.put(name, column.profile()));
        found.forEach(column -> byName.put(column.name(), column));
        return new Profile(rows[0], columns.names().stream().map(byName::get).toList());
    }

    /** The number of rows. */
    long count() throws SQLException {
        if (plain != null && plain.rows() > 0) {
            return plain.rows();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + copies.any())) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The cleaned values of the first rows, without missing ones. */
    Map<String, List<String>> first(List<String> asked, int rows) throws SQLException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (List<String> group : ColumnGroups.of(asked)) {
            List<Field> fields =
                    group.stream().map(name -> new Field(name, Kind.TEXT)).toList();
            group.forEach(name -> values.put(name, new ArrayList<>()));
            stream(
                    fields,
                    rows,
                    rows,
                    table -> table.columns().forEach(column -> {
                        List<String> texts = values.get(column.name());
                        for (@Nullable String text : ((TextColumn) column).values()) {
                            if (texts != null && text != null) {
                                texts.add(text);
                            }
                        }
                    }));
        }
        return values;
    }

    /** SQL for the typed values of all rows. */
    String values(List<Field> fields) throws SQLException {
        return new ColumnGroups(columns.relation(), missing).values(fields);
    }

    /** Fields, a few in a query, none of which reads the whole file for them alone. */
    private List<Part> parts(List<Field> fields) throws SQLException {
        if (!isWide()) {
            return ColumnGroups.of(fields).stream()
                    .map(group -> new Part(columns.relation(), group))
                    .toList();
        }
        Map<String, Field> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.name(), field));
        List<Part> parts = new ArrayList<>();
        copies.of(List.copyOf(byName.keySet()))
                .forEach((table, names) -> ColumnGroups.of(names)
                        .forEach(group -> parts.add(
                                new Part(table, group.stream().map(byName::get).toList()))));
        return parts;
    }

    /** Some fields and the relation that holds them. */
    private record Part(String relation, List<Field> fields) {}

    /** How many values each of these fields holds that it must not. */
    Map<Field, Long> bad(List<Field> fields) throws SQLException {
        List<Field> asked = fields.stream().filter(field -> !isPlain(field)).toList();
        Map<Field, Long> bad = new HashMap<>();
        if (cells != null && cells.hold(asked)) {
            for (List<Field> alike : Cells.alike(asked)) {
                List<List<Long>> counts = cells.counts(
                        alike.stream().map(Field::name).toList(),
                        List.of(text -> Sql.bad(alike.get(0), text)),
                        Long.MAX_VALUE);
                for (int i = 0; i < alike.size(); i++) {
                    bad.put(alike.get(i), counts.get(i).get(0));
                }
            }
            return bad;
        }
        for (Part part : parts(asked)) {
            List<Field> group = part.fields();
            String counts = IntStream.range(0, group.size())
                    .mapToObj(i -> "count(*) FILTER (WHERE " + Sql.bad(group.get(i), ColumnGroups.text(i)) + ")")
                    .collect(Collectors.joining(", "));
            String texts = new ColumnGroups(part.relation(), missing)
                    .texts(group.stream().map(Field::name).toList());
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT " + counts + " FROM " + texts)) {
                row.next();
                for (int i = 0; i < group.size(); i++) {
                    bad.put(group.get(i), row.getLong(i + 1));
                }
            }
        }
        return bad;
    }

    /** The first {@code maxRows} rows, {@code chunkRows} at a time. */
    void stream(List<Field> fields, long maxRows, int chunkRows, Consumer<Table> chunks) throws SQLException {
        if (!isWide() || fields.size() <= ColumnGroups.COLUMNS && isUntouched(fields)) {
            String limit = maxRows == Long.MAX_VALUE ? "" : " LIMIT " + maxRows;
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(values(fields) + limit)) {
                new ChunkBuilder(fields, chunkRows, chunks).consume(rows);
            }
            return;
        }
        long end = Math.min(maxRows, count());
        for (long from = 0; from < end; from += chunkRows) {
            chunks.accept(part(fields, from, (int) Math.min(chunkRows, end - from)));
        }
    }

    /** Whether none of these fields was made ready. */
    private boolean isUntouched(List<Field> fields) {
        return fields.stream().noneMatch(field -> plain != null && isPlain(field) || copies.holds(field.name()));
    }

    /** The number of rows that {@link #stream} is best asked for at a time when all are kept. */
    int chunkRows() {
        return isWide() && plain().rows() > 0 ? plain().rows() : 1 << 16;
    }

    /** Some rows of a wide table, whose groups of columns are read one after the other. */
    private Table part(List<Field> fields, long from, int rows) throws SQLException {
        Map<String, Column> read = new LinkedHashMap<>();
        List<Field> asked = fields.stream().filter(field -> !isPlain(field)).toList();
        if (cells != null && cells.hold(asked)) {
            cells.read(asked, from, rows, read);
        } else {
            for (Part part : parts(asked)) {
                ColumnGroups groups = new ColumnGroups(
                        part.relation() + " WHERE rowid >= " + from + " AND rowid < " + (from + rows), missing);
                try (Statement statement = connection.createStatement();
                        ResultSet values = statement.executeQuery(groups.values(part.fields()))) {
                    new ChunkBuilder(
                                    part.fields(),
                                    rows,
                                    table -> table.columns().forEach(c -> read.put(c.name(), c)))
                            .consume(values);
                }
            }
        }
        List<Column> all = new ArrayList<>();
        for (Field field : fields) {
            all.add(isPlain(field) ? slice(field.name(), (int) from, rows) : read.get(field.name()));
        }
        return Table.of(all);
    }

    private NumberColumn slice(String name, int from, int rows) {
        NumberColumn all = Objects.requireNonNull(plain(name));
        return rows == all.rows() ? all : new NumberColumn(name, Arrays.copyOfRange(all.values(), from, from + rows));
    }
}
