package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.family.tables.training.TableConfig;

/** Queries only read, and what a database says of them has neither passwords nor its own marks. */
class ReadingQueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                " select a, 'drop; delete' FROM t -- delete\n WHERE x > 1 ;",
                "/* who */ -- why\n SELECT replace(a, ';', '') FROM t;",
                "WITH u AS (SELECT 1 AS \"update\") SELECT * FROM u",
                "(SELECT 1) UNION (SELECT 2)",
                "VALUES (1, 2), (3, 4)",
                "TABLE t",
                "SELECT last_update, [into], `delete`, $$;$$, insert(a, 1, 2, 'x') FROM t"
            })
    void letsReadersPass(String query) {
        assertThatCode(() -> ReadingQuery.check(query)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table u",
                "DELETE FROM u",
                "SELECT 1; DROP TABLE u",
                "SELECT 1;;",
                "SELECT ';' ; DELETE FROM u --",
                "WITH d AS (DELETE FROM u RETURNING *) SELECT * FROM d",
                "WITH d AS (SELECT 1) INSERT INTO u SELECT * FROM d",
                "SELECT * INTO v FROM u",
                "SELECT 1 /*! INTO OUTFILE '/tmp/x' */",
                "-- SELECT\nDROP TABLE u",
                "SELECTED",
                "EXEC wipe",
                ""
            })
    void refusesOthers(String query) {
        assertThatThrownBy(() -> ReadingQuery.check(query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("query must be one statement that only reads, such as SELECT * FROM customers");
    }

    @Test
    void areRefusedBeforeAnyDatabaseSeesThem() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:reading;DB_CLOSE_DELAY=-1");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE u AS SELECT 1 AS a");
            assertThatThrownBy(() -> TableConfig.FILE.read(
                            "a.yaml",
                            "data:\n  path: jdbc:h2:mem:reading\n  read:\n    query: drop table u\n",
                            List.of()))
                    .hasMessageContaining("a.yaml:4:5: error E205: query must be one statement that only reads");
            assertThat(statement.executeQuery("SELECT count(*) FROM u").next()).isTrue();
        }
    }

    @Test
    void failuresHaveNeitherSecretsNorMarks() {
        assertThatThrownBy(() -> open("jdbc:none://u:geheim@h/db?password=geheim", "SELECT 1"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        "cannot read from the database: No suitable driver found for"
                                + " jdbc:none://u:***@h/db?password=***; put the jar of the database's JDBC driver into the folder drivers")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> open("jdbc:h2:mem:reading;DB_CLOSE_DELAY=-1;PASSWORD=", "SELECT * FROM none"))
                .hasMessageMatching(
                        "cannot read from the database: Table \"NONE\" not found[^;]*; check the address .*");
        assertThatThrownBy(() -> open("jdbc:duckdb:", "SELECT * FROM none"))
                .hasMessageStartingWith(
                        "cannot read from the database: Table with name none does not exist!; check the address (data.path, of predict: DATA) and the query");
        assertThatThrownBy(() -> open("jdbc:h2:mem:reading", "SELECT 1 AS \"a\", 2 AS b, 3 AS \"a\""))
                .hasMessage("column names must differ. Received: 'a' twice; rename one of the two, in a query with AS");
        DatabaseAddress address = new DatabaseAddress("jdbc:x:${TOKEN}:key=a;password=geheim");
        assertThat(address.withoutSecrets("no jdbc:x:abc123 with geheim", name -> "abc123"))
                .isEqualTo("no jdbc:x:${TOKEN} with ***");
    }

    private static void open(String location, String query) {
        new Source(location, new ReadOptions(null, null, "utf-8", List.of(""), query))
                .open()
                .close();
    }
}
