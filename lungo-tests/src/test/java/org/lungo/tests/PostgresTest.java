package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From and to a PostgreSQL of its own, where one can be started: on Linux, and as root only with user namespaces. */
class PostgresTest {
    private static final String ROWS = "SELECT i AS id, (i % 90)::smallint AS age, i * 10000000000 AS big,"
            + " (i / 8.0)::numeric(10,2) AS income, (i / 10.0)::real AS r, i / 7.0::float8 AS d, 'böse ' || i % 3 AS note,"
            + " nullif(i % 4, 3) = 1 AS active, date '2020-01-01' + i % 2000 AS born,"
            + " timestamp '2024-01-01 00:00:00.123' + i * interval '17 minutes' AS seen,"
            + " timestamptz '2024-01-01 00:00:00+05:30' + i * interval '1 hour' AS utc,"
            + " CASE WHEN i % 90 > 45 THEN 'yes' ELSE 'no' END AS label FROM generate_series(1, 500) i";
    private static final String KEPT = "id,age,big,income,r,d,note,active,born,seen,utc";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws SQLException {
        System.setProperty("org.slf4j.simpleLogger.log.io.zonky", "warn");
        try {
            postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
                    .start();
        } catch (IOException | IllegalStateException e) {
            assumeTrue(false, "PostgreSQL cannot be started here: " + e.getMessage());
        }
        update("CREATE TABLE customers AS " + ROWS);
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void readsAndWritesEveryType() throws Exception {
        String run = folder.resolve("run").toString();
        Shell trained = Shell.run(
                "train",
                url(),
                "--target",
                "label",
                "--query",
                "SELECT * FROM customers",
                "--out",
                run,
                "--progress",
                "none",
                "--set",
                "train.epochs=1",
                "--set",
                "model.hidden=[8]",
                "--set",
                "model.members=1");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Files.readString(Path.of(run, "model/preprocess.json"))).contains("\"true\"", "\"false\"");
        String query = "SELECT * FROM customers ORDER BY id";
        Path errors = Path.of("pg_scores.errors.csv"); // a table's files are in the working folder
        Shell ended = Shell.run(
                "predict", run, url(), "--query", query, "--out", url(), "--table", "pg_scores", "--keep", KEPT);
        Files.deleteIfExists(errors);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("500 rows predicted").doesNotContain("unknown");
        for (String column : List.of(KEPT.split(","))) {
            String kept = switch (column) {
                case "utc" -> "s.utc AT TIME ZONE 'UTC'";
                case "r" -> "s.r::real";
                default -> "s." + column;
            };
            assertThat(number("SELECT count(*) FROM pg_scores s JOIN customers c USING (id) WHERE " + kept
                            + " IS NOT DISTINCT FROM c." + column))
                    .as(column)
                    .isEqualTo(500);
        }
        refusesToWrite(run);
    }

    private static void refusesToWrite(String run) throws SQLException {
        update("CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM customers RETURNING 1'");
        Shell wiped = predict(run, "SELECT *, wipe() FROM customers ORDER BY id");
        assertThat(wiped.code()).isEqualTo(3);
        assertThat(wiped.err()).contains("cannot execute DELETE in a read-only transaction; check the address");
        assertThat(number("SELECT count(*) FROM customers")).isEqualTo(500);
        assertThat(predict(run, "SELECT * FROM none ORDER BY id").err())
                .contains("error E301: cannot read from the database: ERROR: relation \"none\" does not exist; check");
    }

    private static Shell predict(String run, String query) {
        return Shell.run(
                "predict",
                run,
                url(),
                "--query",
                query,
                "--out",
                folder.resolve("o.csv").toString());
    }

    private static String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    private static void update(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
