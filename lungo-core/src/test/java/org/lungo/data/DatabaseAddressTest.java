package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseAddressTest {
    @Test
    void takesVariablesFromTheEnvironment() {
        DatabaseAddress address = new DatabaseAddress("jdbc:postgresql://h/db?user=u&password=${DB_PASSWORD}");
        assertThat(address.resolved(Map.of("DB_PASSWORD", "a$1&b")::get))
                .isEqualTo("jdbc:postgresql://h/db?user=u&password=a$1&b");
        assertThat(address.holdsSecret()).isFalse();
        assertThatThrownBy(() -> address.resolved(name -> null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("DB_PASSWORD, which data.path names, is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/db?user=u&password=geheim&ssl=true, jdbc:postgresql://h/db?user=u&password=***&ssl=true",
        "jdbc:sqlserver://h;user=u;Password=geheim;a=b, jdbc:sqlserver://h;user=u;Password=***;a=b",
        "jdbc:mysql://u:geheim@h/db, jdbc:mysql://u:***@h/db",
        "jdbc:oracle:thin:scott/geheim@//h:1521/db, jdbc:oracle:thin:scott/***@//h:1521/db",
        "jdbc:h2:mem:lungo, jdbc:h2:mem:lungo"
    })
    void hidesPasswords(String address, String shown) {
        assertThat(DatabaseAddress.withoutSecrets(address)).isEqualTo(shown);
        assertThat(new DatabaseAddress(address).holdsSecret()).isEqualTo(!address.equals(shown));
    }
}
