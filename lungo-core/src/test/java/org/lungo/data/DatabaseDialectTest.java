package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseDialectTest {
    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, BOOLEAN, TIMESTAMP, VARCHAR, ''",
        "H2, BOOLEAN, TIMESTAMP, VARCHAR, ''",
        "DuckDB, BOOLEAN, TIMESTAMP, VARCHAR, ''",
        "MariaDB, BOOLEAN, DATETIME(6), LONGTEXT, ' CHARACTER SET utf8mb4'",
        "MySQL, BOOLEAN, DATETIME(6), LONGTEXT, ' CHARACTER SET utf8mb4'",
        "Microsoft SQL Server, VARCHAR(4000), DATETIME2, VARCHAR(4000), ''",
        "Oracle, VARCHAR(4000), TIMESTAMP, VARCHAR(4000), ''",
    })
    void namesTypes(String product, String truth, String time, String text, String ending) {
        DatabaseDialect dialect = new DatabaseDialect(product);
        assertThat(dialect.type("BOOLEAN")).isEqualTo(truth);
        assertThat(dialect.type("TIMESTAMP")).isEqualTo(time);
        assertThat(dialect.type("VARCHAR")).isEqualTo(text);
        assertThat(dialect.type("DOUBLE")).isEqualTo("DOUBLE PRECISION");
        assertThat(dialect.type("DECIMAL(10,2)")).isEqualTo("DECIMAL(10,2)");
        assertThat(dialect.ending()).isEqualTo(ending);
    }

    @Test
    void leavesToTheDatabaseWhatItCannotRead() {
        assertThat(DatabaseDialect.value("soon", Types.DATE)).isEqualTo("soon");
        assertThat(DatabaseDialect.value("infinity", Types.TIMESTAMP_WITH_TIMEZONE))
                .isEqualTo("infinity");
        assertThat(DatabaseDialect.value("many", Types.NUMERIC)).isEqualTo("many");
        assertThat(DatabaseDialect.value("2", Types.BOOLEAN)).isEqualTo("2");
        assertThat(DatabaseDialect.value(null, Types.DATE)).isNull();
    }
}
