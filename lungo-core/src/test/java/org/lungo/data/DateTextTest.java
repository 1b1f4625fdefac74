package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A served date must be read as DuckDB reads a file's: both are asked, and must give the same second or refuse both. */
class DateTextTest {
    private static final List<String> PATTERNS = List.of(
            "%m/%d/%Y", "%d.%m.%Y", "%d-%b-%Y", "%B %d, %Y", "%Y/%m/%d %H:%M:%S.%f", "%m/%d/%y %I:%M %p", "%d%%%m %Y");

    @Test
    void readsPatternsAsDuckDbDoes() throws SQLException {
        for (String pattern : PATTERNS) {
            DatePattern ours = new DatePattern(pattern);
            compare(
                    mutations(examples(pattern), 400),
                    text -> "epoch(TRY_STRPTIME(" + text + ", " + Sql.quote(pattern) + "))",
                    ours::seconds,
                    pattern);
        }
    }

    @Test
    void readsIsoAsDuckDbDoes() throws SQLException {
        List<String> examples = List.of(
                "2011-01-31",
                "2011/1/31",
                "2011-01-31 05:07",
                "2011-01-31T05:07:09",
                "2011-1-31 5:7:9.25",
                "2011-01-31T05:07:09Z",
                "2011-01-31T05:07:09+02:00",
                "2011-01-31 05:07:09 UTC",
                "2011-01-31 24:00:00",
                "2012-02-29",
                "2011-02-29");
        compare(examples, text -> "epoch(TRY_CAST(" + text + " AS TIMESTAMP))", IsoDate::seconds, "ISO");
    }

    @Test
    void refusesPatternsWithoutAWholeDate() {
        for (String pattern : List.of("%m/%d", "%Y-%m-%d %Y", "%Y-%m-%d %q", "%Y-%m-%d %", "%Y-%m-%d %I:%M", "day")) {
            assertThatThrownBy(() -> new DatePattern(pattern))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a date format must have one year")
                    .hasMessageEndingWith("Received: " + pattern);
        }
    }

    private static List<String> examples(String pattern) {
        return Stream.of("1 1 2011", "12 31 1999", "2 29 2012", "2 30 2012", "9 5 68")
                .map(text -> text.split(" "))
                .map(part -> pattern.replace("%%", "\u0001")
                        .replace("%m", part[0])
                        .replace("%d", part[1])
                        .replace("%Y", part[2])
                        .replace("%y", part[2].substring(part[2].length() - 2))
                        .replace("%b", "mAr")
                        .replace("%B", "May")
                        .replace("%H", "7")
                        .replace("%I", part[0])
                        .replace("%M", "05")
                        .replace("%S", "9")
                        .replace("%f", "25")
                        .replace("%p", "PM")
                        .replace("\u0001", "%"))
                .toList();
    }

    /** The examples, and texts that differ from them by up to two characters. */
    private static List<String> mutations(List<String> examples, int count) {
        Random random = new Random(3);
        String characters = "0123456789 /.:-%aPm\t";
        Stream<String> mutated = Stream.generate(() -> {
                    StringBuilder text = new StringBuilder(examples.get(random.nextInt(examples.size())));
                    for (int i = 0; i <= random.nextInt(2); i++) {
                        int at = random.nextInt(text.length());
                        char character = characters.charAt(random.nextInt(characters.length()));
                        switch (random.nextInt(3)) {
                            case 0 -> text.setCharAt(at, character);
                            case 1 -> text.insert(at, character);
                            default -> text.deleteCharAt(at);
                        }
                    }
                    return text.toString();
                })
                .limit(count);
        return Stream.concat(examples.stream(), mutated).toList();
    }

    private interface Expression {
        String of(String text);
    }

    private static void compare(List<String> texts, Expression duck, ToDoubleFunction<String> ours, String name)
            throws SQLException {
        int read = 0;
        try (Connection connection = TableReader.connect();
                Statement statement = connection.createStatement()) {
            for (String text : texts) {
                @Nullable Double expected;
                try (ResultSet row = statement.executeQuery("SELECT " + duck.of(Sql.quote(text)))) {
                    row.next();
                    double value = row.getDouble(1);
                    expected = row.wasNull() ? null : (Double) value;
                }
                assertThat(seconds(ours, text)).as(name + ": '" + text + "'").isEqualTo(expected);
                read += expected == null ? 0 : 1;
            }
        }
        assertThat(read).as(name).isGreaterThan(texts.size() / 10);
    }

    private static @Nullable Double seconds(ToDoubleFunction<String> ours, String text) {
        try {
            return ours.applyAsDouble(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
