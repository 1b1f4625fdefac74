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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of a wide table below each other, cleaned, each with the places of its column and its row: one query asks the same
 * of all columns, however many there are. A query that names the columns is planned in time that grows faster than their number.
 */
final class Cells implements Looks {
    /** Of more rows it takes longer to copy the values than to plan queries. */
    static final int MAX_ROWS = 1 << 17;

    private final Connection connection;
    private final String table;
    private final Map<String, Integer> places = new HashMap<>();

    private Cells(Connection connection, String table) {
        this.connection = connection;
        this.table = table;
    }

    /**
     * The cells of columns.
     *
     * @param table the name for the table of the cells
     * @param from the temporary tables that hold the columns
     * @param missing the texts that stand for a missing value
     */
    static Cells of(Connection connection, String table, Map<String, List<String>> from, List<String> missing)
            throws SQLException {
        Cells cells = new Cells(connection, table);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + table + " (k INTEGER, r BIGINT, v VARCHAR)");
            for (Map.Entry<String, List<String>> held : from.entrySet()) {
                for (List<String> group : ColumnGroups.of(held.getValue())) {
                    group.forEach(column -> cells.places.put(column, cells.places.size()));
                    statement.execute("INSERT INTO " + table + " SELECT k, r, " + Sql.present("v", missing)
                            + " FROM (SELECT k, r, trim(v) AS v FROM (" + cells.below(group) + held.getKey() + "))");
                }
            }
        }
        return cells;
    }

    private String below(List<String> columns) {
        String values = columns.stream()
                .map(name -> "CAST(" + Sql.name(name) + " AS VARCHAR)")
                .collect(Collectors.joining(", "));
        return "SELECT unnest(" + places(columns) + ") AS k, rowid AS r, unnest([" + values + "]) AS v FROM ";
    }

    private List<Integer> places(List<String> columns) {
        return columns.stream().map(places::get).toList();
    }

    @Override
    public <T> List<T> ask(
            List<String> columns, List<List<String>> own, Question question, int width, long rows, Answer<T> answer)
            throws SQLException {
        if (columns.isEmpty()) {
            return List.of();
        }
        Map<Integer, String> asked = new HashMap<>();
        columns.forEach(column -> asked.put(places.get(column), column));
        Map<String, T> answers = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query(columns, own, question, rows))) {
            while (row.next()) {
                String column = Objects.requireNonNull(asked.get(row.getInt(1)));
                answers.put(column, answer.read(column, row, 2));
            }
        }
        return columns.stream().map(answers::get).toList();
    }

    private String query(List<String> columns, List<List<String>> own, Question question, long rows) {
        List<String> parameters =
                IntStream.range(0, own.get(0).size()).mapToObj(i -> "p" + i).toList();
        String asked = Stream.concat(
                        Stream.of("unnest(" + places(columns) + ") AS k"),
                        IntStream.range(0, parameters.size())
                                .mapToObj(i -> "unnest("
                                        + own.stream()
                                                .map(values -> values.get(i))
                                                .toList() + ") AS p" + i))
                .collect(Collectors.joining(", "));
        String values = Stream.concat(Stream.of("k", "v", Sql.number("v") + " AS n"), parameters.stream())
                .collect(Collectors.joining(", "));
        return "SELECT k, " + question.of("v", "n", parameters) + " FROM (SELECT " + values + " FROM " + table
                + (columns.size() == places.size() && parameters.isEmpty()
                        ? ""
                        : " JOIN (SELECT " + asked + ") USING (k)")
                + (rows == Long.MAX_VALUE ? "" : " WHERE r < " + rows) + ") GROUP BY k";
    }

    /**
     * Reads some rows of columns.
     *
     * @param from the first row
     * @param columns receives the columns by name
     */
    void read(List<Field> fields, long from, int rows, Map<String, Column> columns) throws SQLException {
        for (List<Field> alike : alike(fields)) {
            Map<Integer, double[]> numbers = new HashMap<>();
            Map<Integer, @Nullable String[]> texts = new HashMap<>();
            boolean numeric = alike.get(0).kind().isNumeric();
            for (Field field : alike) {
                int place = Objects.requireNonNull(places.get(field.name()));
                if (numeric) {
                    double[] values = new double[rows];
                    Arrays.fill(values, Double.NaN);
                    numbers.put(place, values);
                    columns.put(field.name(), new NumberColumn(field.name(), values));
                } else {
                    @Nullable String[] values = new String[rows];
                    texts.put(place, values);
                    columns.put(field.name(), new TextColumn(field.name(), values));
                }
            }
            String query = "SELECT k, CAST(r - " + from + " AS INTEGER), " + Sql.value(alike.get(0), "v") + " AS value"
                    + " FROM " + table + " JOIN (SELECT unnest("
                    + places(alike.stream().map(Field::name).toList()) + ") AS k) USING (k)"
                    + " WHERE v IS NOT NULL AND r >= " + from + " AND r < " + (from + rows);
            try (Statement statement = connection.createStatement();
                    ResultSet cells = statement.executeQuery(query)) {
                while (cells.next()) {
                    int row = cells.getInt(2);
                    if (numeric) {
                        double value = cells.getDouble(3);
                        Objects.requireNonNull(numbers.get(cells.getInt(1)))[row] =
                                cells.wasNull() ? Double.NaN : value;
                    } else {
                        Objects.requireNonNull(texts.get(cells.getInt(1)))[row] = cells.getString(3);
                    }
                }
            }
        }
    }

    /** Fields that are read alike together. */
    static List<List<Field>> alike(List<Field> fields) {
        Map<String, List<Field>> alike = new LinkedHashMap<>();
        for (Field field : fields) {
            String form = field.kind().isNumeric() ? field.kind() + " " + field.format() : "text";
            alike.computeIfAbsent(form, f -> new ArrayList<>()).add(field);
        }
        return List.copyOf(alike.values());
    }

    /** Whether all these columns are here. */
    boolean hold(List<Field> fields) {
        return fields.stream().allMatch(field -> places.containsKey(field.name()));
    }
}
