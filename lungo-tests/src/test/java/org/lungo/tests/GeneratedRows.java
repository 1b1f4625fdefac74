package org.lungo.tests;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows for a batch, any number of them: an id, ten numbers and two categories, written by DuckDB. {@code main ROWS FILE}
 * makes what docs/batch.md measures.
 */
final class GeneratedRows {
    private GeneratedRows() {}

    public static void main(String[] arguments) throws SQLException {
        write(Long.parseLong(arguments[0]), Path.of(arguments[1]), arguments.length > 2);
    }

    /** Writes a .csv or .parquet file; the same rows whenever it is called. */
    static void write(long rows, Path file, boolean labelled) throws SQLException {
        String numbers = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> normal(i) + " AS x" + i)
                .collect(Collectors.joining(", "));
        String query = "SELECT i AS id, " + numbers + ", 'plan' || hash(i, 50) % 5 AS plan, 'city' || hash(i, 51) % 200"
                + " AS city FROM range(" + rows + ") AS t(i)";
        if (labelled) {
            query = "SELECT * EXCLUDE (id), CASE WHEN x1 * x2 + x3 + (plan = 'plan0')::INT > 0 THEN 'yes' ELSE 'no' END"
                    + " AS label FROM (" + query + ")";
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "'");
        }
    }

    /** Normal numbers by the method of Box and Muller, from hashes of the row's number. */
    private static String normal(int column) {
        String radius = "sqrt(-2 * ln((hash(i, " + 2 * column + ") % 1000003 + 1) / 1000005.0))";
        return "round(" + radius + " * cos(2 * pi() * (hash(i, " + (2 * column + 1) + ") % 1000003) / 1000003.0), 4)";
    }
}
