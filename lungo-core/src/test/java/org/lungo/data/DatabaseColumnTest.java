package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a column of a query says, and that no machine's habits come into it. */
class DatabaseColumnTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CAST(true AS BOOLEAN)|BOOLEAN|true",
                "CAST(NULL AS BOOLEAN)|BOOLEAN|null",
                "CAST(7 AS SMALLINT)|BIGINT|7",
                "CAST(-12345678901 AS BIGINT)|BIGINT|-12345678901",
                "CAST(12.5 AS NUMERIC(10,2))|DECIMAL(10,2)|12.50",
                "CAST(12.5 AS NUMERIC(50,2))|VARCHAR|12.50",
                "CAST(1.25 AS DOUBLE PRECISION)|DOUBLE|1.25",
                "DATE '2024-05-31'|DATE|2024-05-31",
                "TIMESTAMP '2024-05-31 01:02:03.5'|TIMESTAMP|2024-05-31 01:02:03.5",
                "TIMESTAMP WITH TIME ZONE '2024-05-31 01:02:03.25+05:30'|TIMESTAMP|2024-05-30 19:32:03.25+00",
                "TIMESTAMP WITH TIME ZONE '2024-05-31 01:02:03Z'|TIMESTAMP|2024-05-31 01:02:03+00",
                "CAST(NULL AS TIMESTAMP WITH TIME ZONE)|TIMESTAMP|null",
                "CAST(65 AS VARCHAR)|VARCHAR|65"
            })
    void ofH2(String value, String type, String text) throws SQLException {
        TimeZone own = TimeZone.getDefault();
        for (String zone : List.of("UTC", "America/New_York")) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                    ResultSet rows = connection.createStatement().executeQuery("SELECT " + value)) {
                DatabaseColumn column = DatabaseColumn.of(rows.getMetaData(), 1, true);
                rows.next();
                assertThat(column.type()).isEqualTo(type);
                assertThat(String.valueOf(column.text(rows, 1))).as(zone).isEqualTo(text);
            } finally {
                TimeZone.setDefault(own);
            }
        }
    }

    /** As PostgreSQL's driver 42.7 and MariaDB's 3.5 describe their columns, which was looked at. */
    @ParameterizedTest
    @CsvSource({
        "true,  bool,              -7,   1, 0, false, BOOLEAN",
        "true,  bit,               -7,   1, 0, false, VARCHAR",
        "true,  timestamptz,       93,  35, 6, false, TIMESTAMP",
        "true,  numeric,            2,   0, 0, true,  VARCHAR",
        "true,  money,              8,   0, 0, true,  VARCHAR",
        "true,  int2,               5,   5, 0, true,  BIGINT",
        "true,  uuid,            1111,   0, 0, false, VARCHAR",
        "false, BOOLEAN,           16,   1, 0, true,  VARCHAR",
        "false, YEAR,              91,   4, 0, false, BIGINT",
        "false, BIGINT UNSIGNED,   -5,  20, 0, false, 'DECIMAL(20,0)'",
        "false, DECIMAL,            3,  10, 2, true,  'DECIMAL(10,2)'",
    })
    void ofOthers(boolean truths, String own, int type, int precision, int scale, boolean signed, String expected)
            throws SQLException {
        ResultSetMetaData meta = answering(
                ResultSetMetaData.class,
                Map.of(
                        "getColumnLabel", "c",
                        "getColumnTypeName", own,
                        "getColumnType", type,
                        "getPrecision", precision,
                        "getScale", scale,
                        "isSigned", signed));
        assertThat(DatabaseColumn.of(meta, 1, truths).type()).isEqualTo(expected);
    }

    /** {@code infinity} of PostgreSQL is no time of any zone. */
    @Test
    void leavesEndlessTimesAsTheyStand() throws SQLException {
        List<String> texts = new ArrayList<>();
        for (OffsetDateTime end : List.of(OffsetDateTime.MAX, OffsetDateTime.MIN)) {
            ResultSet rows = answering(ResultSet.class, Map.of("getObject", end, "getString", "infinity"));
            texts.add(new DatabaseColumn("c", "TIMESTAMP", DatabaseColumn.Form.INSTANT).text(rows, 1));
        }
        assertThat(texts).containsExactly("infinity", "infinity");
    }

    private static <T> T answering(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
