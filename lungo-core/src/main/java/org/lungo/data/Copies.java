package org.lungo.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Columns of a wide table that were copied into temporary tables, so that not every group of them reads the file again. */
final class Copies {
    private static final String TABLE = "wide_rows_";

    private final Connection connection;
    private final String relation;
    private final Map<String, String> tables = new HashMap<>();

    Copies(Connection connection, String relation) {
        this.connection = connection;
        this.relation = relation;
    }

    /** The relation, or a table that has as many rows. */
    String any() {
        return tables.isEmpty() ? relation : tables.values().iterator().next();
    }

    boolean holds(String column) {
        return tables.containsKey(column);
    }

    /** The tables that hold these columns, each with those that it holds; columns that none holds yet are copied. */
    Map<String, List<String>> of(List<String> columns) throws SQLException {
        if (relation.equals(Relation.IMPORTED)) {
            return Map.of(relation, columns);
        }
        List<String> missing =
                columns.stream().filter(name -> !tables.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            String table = TABLE + tables.size();
            String names = missing.stream().map(Sql::name).collect(Collectors.joining(", "));
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMP TABLE " + table + " AS SELECT " + names + " FROM " + relation);
            }
            missing.forEach(name -> tables.put(name, table));
        }
        Map<String, List<String>> holding = new LinkedHashMap<>();
        columns.forEach(name -> holding.computeIfAbsent(tables.getOrDefault(name, ""), t -> new ArrayList<>())
                .add(name));
        return holding;
    }
}
