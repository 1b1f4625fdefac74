package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers with decimal commas or divided thousands, from a file and from a served row. */
class DecimalsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234,56 | -7,5 | , | 1234.56 | -7.5",
                "1.234,56 | 7 | , | 1234.56 | 7",
                "1.234.567 | 0,5 | , | 1234567 | 0.5",
                "1,234.00 | 12 | . | 1234 | 12",
                "1,234,567 | 1,000 | . | 1234567 | 1000",
                "0,123 | 1,234 | , | 0.123 | 1.234",
                "1,5e3 | +2,25 | , | 1500 | 2.25"
            })
    void areReadInTheFormThatFits(String first, String second, String mark, double one, double two) throws IOException {
        try (TableReader reader = open(null, "x;churn", first + ";no", second + ";yes", ";no")) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            assertThat(schema.fields().get(0)).isEqualTo(new Field("x", Kind.NUMBER, mark));
            Table table = reader.read(schema);
            assertThat(table.numbers("x").values()).containsExactly(one, two, Double.NaN);
            assertThat(profile.columns().get(0).range().max()).isEqualTo(Math.max(one, two));
            Table served = new RowParser(schema, List.of("")).parse(List.of(Map.of("x", first), Map.of("x", two)));
            assertThat(served.numbers("x").values()).containsExactly(one, two);
            assertThat(DataReport.values(profile, schema))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message())
                            .startsWith("'x' holds numbers in the form ")
                            .contains(first)
                            .contains("data.read.decimal"));
            assertThat(DataReport.columns(profile, schema, List.of("churn"))).isEmpty();
        }
    }

    @Test
    void stayOpenWhereBothFormsArePossible() throws IOException {
        String[] lines = {"x;churn", "1,234;no", "5,678;yes"};
        try (TableReader reader = open(null, lines)) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            assertThat(schema.kind("x")).isEqualTo(Kind.CATEGORY);
            assertThat(DataReport.values(profile, schema))
                    .containsExactly(
                            new Finding(
                                    Finding.Kind.DECIMALS,
                                    "x",
                                    "'x' holds numbers with a decimal comma or with commas between thousands, such as 1,234 and 5,678;"
                                            + " it is read as a category. Name the separator with data.read.decimal: \",\" or \".\""));
            assertThatThrownBy(() -> profile.schema(Map.of("x", ColumnChoice.of(Kind.NUMBER))))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("say which with data.read.decimal");
        }
        assertThat(first(",", lines)).isEqualTo(1.234);
        assertThat(first(".", lines)).isEqualTo(1234);
        assertThat(first(null, "x;y", "1,234;0,5", "5,678;1,5"))
                .as("as the other column")
                .isEqualTo(1.234);
        assertThat(first(null, "x;y", "1.234;0,5", "5.678;1,5"))
                .as("no point in the other column")
                .isEqualTo(1234);
        assertThat(first(null, "x;y", "1.5;0,5", "5.678;1,5"))
                .as("no thousands")
                .isEqualTo(1.5);
        assertThat(first(null, "x;y", "1.234;5", "5.678;15")).as("plain").isEqualTo(1.234);
    }

    @Test
    void areNamedWhenOtherTextsStandBetweenThem() throws IOException {
        String[] lines = new String[21];
        lines[0] = "x;churn";
        for (int i = 1; i < 21; i++) {
            lines[i] = (i == 20 ? "k.A." : i + ",5") + ";" + (i % 2 == 0 ? "no" : "yes");
        }
        try (TableReader reader = open(null, lines)) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            assertThat(DataReport.values(profile, schema))
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.message())
                                    .isEqualTo(
                                            "'x' holds mostly numbers in the form 1.234,56, such as 1,5 and k.A.; it is read as a category."
                                                    + " If other texts stand for a missing value, add them to data.read.missing"));
            Schema declared = profile.schema(Map.of("x", ColumnChoice.of(Kind.NUMBER)));
            assertThatThrownBy(() -> reader.read(declared)).hasMessageContaining("1 other value (row 20 'k.A.')");
        }
    }

    @Test
    void areNotSeenInOtherTexts() throws IOException {
        try (TableReader reader = open(null, "a;b;c", "1,2,3;10.0.0.1;x,y", "4,5;10.0.0.2;z,1")) {
            assertThat(reader.profile().schema(Map.of()).fields())
                    .extracting(Field::kind)
                    .containsOnly(Kind.CATEGORY);
        }
    }

    @Test
    void refusesOtherSigns() {
        assertThatThrownBy(() -> NumberForm.of(";"))
                .hasMessage("the decimal separator must be ',' or '.'. Received: ';'");
        assertThatThrownBy(() -> NumberForm.COMMA.parse("1,2,3")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> NumberForm.POINT.parse("1,23")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void zerosInFrontMakeCategories() throws IOException {
        try (TableReader reader = open(null, "zip;x;y", "00123;0.5;0", "99123;012.5;1", "00123;0;01")) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            assertThat(schema.kind("zip")).isEqualTo(Kind.CATEGORY);
            assertThat(schema.kind("x")).isEqualTo(Kind.NUMBER);
            assertThat(reader.read(schema).texts("zip").values()).containsExactly("00123", "99123", "00123");
            assertThat(DataReport.values(profile, schema))
                    .contains(new Finding(
                            Finding.Kind.CODES,
                            "zip",
                            "'zip' holds numbers with leading zeros, such as 00123 and 99123; it is read as a category. If"
                                    + " they are quantities, declare it with features.zip: number"));
            Schema declared = profile.schema(Map.of("zip", ColumnChoice.of(Kind.NUMBER)));
            assertThat(reader.read(declared).numbers("zip").values()).containsExactly(123, 99123, 123);
        }
    }

    @Test
    void tooManyDigitsAreSaid() throws IOException {
        try (TableReader reader = open(
                null, "id;x", "9007199254740993;1", "9007199254740992;1", "9007199254740992;2", "9007199254740994;1")) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            assertThat(DataReport.values(profile, schema))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message())
                            .isEqualTo(
                                    "'id' holds 1 whole number of more digits than a number keeps (16); different ones may become"
                                            + " the same. If they are names, declare it with features.id: category"));
            Table table = reader.read(schema);
            assertThat(DataReport.duplicates(table, table.select(new int[] {0})))
                    .isEmpty();
        }
    }

    private double first(@Nullable String decimal, String... lines) throws IOException {
        try (TableReader reader = open(decimal, lines)) {
            return reader.read(reader.profile().schema(Map.of())).numbers("x").values()[0];
        }
    }

    private TableReader open(@Nullable String decimal, String... lines) throws IOException {
        Path file = Files.write(folder.resolve("a.csv"), List.of(lines));
        return new Source(
                        file.toString(),
                        new ReadOptions(
                                new CsvLayout(";", null, true, null),
                                "utf-8",
                                ReadOptions.DEFAULTS.missing(),
                                null,
                                List.of(),
                                decimal))
                .open();
    }
}
