package org.lungo.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a source. The values of an object within a row, as JSON and Parquet may have them, become columns of their
 * own: {@code address.city}.
 *
 * @param relation DuckDB's SQL for the rows
 * @param csv the layout of a CSV file, null for other sources
 * @param findings what a person should know about the columns
 */
record Columns(
        String relation, List<String> names, @Nullable Csv csv, List<Finding> findings) {
    private static final String SHAPE = "shape_of_rows";

    static Columns of(Source source, Connection connection) throws SQLException {
        Csv csv = source.isCsv() && !RowFeed.reads(source) ? Csv.of(source) : null;
        List<Finding> findings = new ArrayList<>(csv == null ? List.of() : csv.renamed());
        String found = csv == null ? Relation.of(source, connection) : csv.relation(false);
        boolean flat = csv != null || found.equals(Relation.IMPORTED);
        Map<String, String> types;
        try {
            types = types(connection, "SELECT * FROM " + found);
        } catch (SQLException e) {
            if (source.isUtf8Json() && String.valueOf(e.getMessage()).contains("Duplicate name")) {
                Set<String> names = JsonLines.names(source, connection);
                return new Columns(JsonLines.objects(source, names), List.copyOf(names), null, findings);
            }
            throw e;
        }
        String relation = found;
        requireValues(source, connection, types);
        if (!flat) {
            List<String> names = ExactNames.of(source, connection, List.copyOf(types.keySet()));
            relation = Sql.named(found, names);
            types = renamed(types, names);
        }
        if (!flat
                && types.values().stream()
                        .anyMatch(type -> !type.matches("[A-Z ]+(\\(\\d+,\\d+\\))?") || type.equals("JSON"))) {
            return new Flattening(connection, relation, findings).columns();
        }
        return new Columns(relation, types.keySet().stream().map(String::strip).toList(), csv, findings);
    }

    /** DuckDB gives JSON in which no object has a value a column of its own. */
    private static void requireValues(Source source, Connection connection, Map<String, String> types)
            throws SQLException {
        if (source.isJson()
                && types.keySet().equals(Set.of("json"))
                && !JsonLines.names(source, connection).contains("json")) {
            throw JsonLines.withoutValues(source);
        }
    }

    private static Map<String, String> renamed(Map<String, String> types, List<String> names) {
        Map<String, String> renamed = new LinkedHashMap<>();
        types.values().forEach(type -> renamed.put(names.get(renamed.size()), type));
        return renamed;
    }

    /** The columns of {@code schema}, without the form of a number where the relation holds numbers. */
    static Schema typed(Connection connection, String relation, Schema schema) throws SQLException {
        if (schema.fields().stream().noneMatch(f -> f.kind() == Kind.NUMBER && f.format() != null)) {
            return schema;
        }
        Map<String, String> types = types(connection, "SELECT * FROM " + relation);
        return new Schema(schema.fields().stream()
                .map(field -> field.ofType(types.get(field.name())))
                .toList());
    }

    /** The columns of a query in order, with their types. */
    static Map<String, String> types(Connection connection, String query) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("DESCRIBE " + query)) {
            while (columns.next()) {
                types.put(Sql.column(columns.getString(1)), columns.getString(2));
            }
        }
        return types;
    }

    /** Makes columns of what stands in objects. */
    private record Flattening(
            Connection connection, String relation, Map<String, String> flat, List<Finding> findings) {
        Flattening(Connection connection, String relation, List<Finding> findings) {
            this(connection, relation, new LinkedHashMap<>(), findings);
        }

        Columns columns() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE OR REPLACE TEMP TABLE " + SHAPE + " AS SELECT * FROM " + relation + " LIMIT 0");
            }
            for (Map.Entry<String, String> column :
                    types(connection, "SELECT * FROM " + SHAPE).entrySet()) {
                add(column.getKey(), Sql.name(column.getKey()), column.getValue());
            }
            String values = flat.entrySet().stream()
                    .map(column -> column.getValue() + " AS " + Sql.name(column.getKey()))
                    .collect(Collectors.joining(", "));
            return new Columns(
                    "(SELECT " + values + " FROM " + relation + ")", List.copyOf(flat.keySet()), null, findings);
        }

        private void add(String name, String value, String type) throws SQLException {
            if (type.startsWith("STRUCT(") && type.endsWith(")")) {
                String inner = "SELECT v.* FROM (SELECT " + value + " AS v FROM " + SHAPE + ")";
                for (Map.Entry<String, String> part : types(connection, inner).entrySet()) {
                    String key = part.getKey();
                    add(name + "." + key, "struct_extract(" + value + ", " + Sql.quote(key) + ")", part.getValue());
                }
                return;
            }
            boolean mixed = type.equals("JSON");
            if (flat.put(name, mixed ? "(" + value + " ->> '$')" : value) != null) {
                throw new DataException(
                        "E302", "two values of a row become the column '" + name + "'; rename one of the two");
            }
            if (type.endsWith("]") || type.startsWith("MAP(") || mixed && anyNested(value)) {
                findings.add(new Finding(
                        Finding.Kind.NESTED,
                        name,
                        "'" + name
                                + "' holds lists or objects, which models for tables do not read; make columns of what"
                                + " they say"));
            }
        }

        private boolean anyNested(String value) throws SQLException {
            String count =
                    "SELECT count(*) FROM " + relation + " WHERE json_type(" + value + ") IN ('OBJECT', 'ARRAY')";
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(count)) {
                row.next();
                return row.getLong(1) > 0;
            }
        }
    }
}
