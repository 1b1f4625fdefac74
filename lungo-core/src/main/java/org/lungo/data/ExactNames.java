package org.lungo.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names of columns as a file holds them. DuckDB takes names for equal that differ only by case: it reads {@code Id, id} as
 * {@code Id, id_1}.
 */
final class ExactNames {
    private ExactNames() {}

    /** The exact names, stripped, for those that DuckDB found in {@code source}, in the same order. */
    static List<String> of(Source source, Connection connection, List<String> found) throws SQLException {
        List<String> exact = found;
        if (anyRenamed(found)) {
            exact = source.extension().equals("parquet")
                    ? parquet(connection, source.location())
                    : keys(connection, source);
        }
        List<String> names = exact.size() == found.size() ? exact : found;
        List<String> stripped = names.stream().map(String::strip).toList();
        return Set.copyOf(stripped).size() == stripped.size() ? stripped : names;
    }

    /** Whether a name may be an earlier one with a number behind it. */
    private static boolean anyRenamed(List<String> names) {
        Set<String> seen = new HashSet<>();
        boolean renamed = false;
        for (String name : names) {
            String small = name.toLowerCase(Locale.ROOT);
            renamed |= seen.contains(small.replaceFirst("_[0-9]+$", ""));
            seen.add(small);
        }
        return renamed;
    }

    /** The names of a Parquet file's columns. */
    static List<String> parquet(Connection connection, String file) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet parts = statement.executeQuery(
                        "SELECT name, num_children FROM parquet_schema(" + Sql.quote(file) + ")")) {
            parts.next();
            long columns = parts.getLong(2);
            long inner = 0; // parts of the last column that are still to come
            while ((names.size() < columns || inner > 0) && parts.next()) {
                if (inner == 0) {
                    names.add(parts.getString(1));
                } else {
                    inner--;
                }
                inner += parts.getLong(2);
            }
        }
        return names;
    }

    /** The keys of JSON objects, as they are first met. */
    private static List<String> keys(Connection connection, Source source) throws SQLException {
        String objects = "SELECT row_number() OVER () AS n, json_keys(json) AS k FROM " + JsonLines.objects(source);
        String keys = "SELECT n, unnest(k) AS name, generate_subscripts(k, 1) AS place FROM (" + objects + ")";
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name FROM (" + keys + ") GROUP BY name ORDER BY min(n * 1000000 + place)")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
