package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers with currency signs, per cent, parentheses and no-break spaces, from a file and from a served row. */
class NumberFormTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$1,234.50 | ($7) | .$ | 1234.5 | -7",
                "-$1,234.50 | $ -7.25 | .$ | -1234.5 | -7.25",
                "1.234,50 € | (7 €) | ,€ | 1234.5 | -7",
                "€12,5 | 3 | ,€ | 12.5 | 3",
                "$1,234 | $950 | .$ | 1234 | 950",
                "1.234 € | 950 € | ,€ | 1234 | 950",
                "(123.40) | 5.5 | . | -123.4 | 5.5",
                "(123) | 5 | . | -123 | 5",
                "12 % | 7.5% | .% | 12 | 7.5",
                "12,5 % | (7 %) | ,% | 12.5 | -7",
                "12 % | 100 % | .% | 12 | 100",
                "1\u00a0234\u00a0567 | 12 | . | 1234567 | 12",
                "1\u202f234,5 | -12 | , | 1234.5 | -12",
                "1\u00a0234,50\u00a0€ | 2\u00a0€ | ,€ | 1234.5 | 2",
                "£0.125 | £2 | .£ | 0.125 | 2",
                "¥1,000 | ¥20,000 | .¥ | 1000 | 20000"
            })
    void isReadAndSaid(String first, String second, String format, double one, double two) throws IOException {
        try (TableReader reader = open(first, second)) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            assertThat(schema.fields().get(0)).isEqualTo(new Field("x", Kind.NUMBER, format));
            assertThat(reader.read(schema).numbers("x").values()).containsExactly(one, two, Double.NaN);
            assertThat(profile.columns().get(0).range().max()).isEqualTo(Math.max(one, two));
            Table served = new RowParser(schema, List.of(""))
                    .parse(List.of(Map.of("x", first), Map.of("x", second), Map.of("x", two)));
            assertThat(served.numbers("x").values()).containsExactly(one, two, two);
            List<Chunk> chunks = new ArrayList<>();
            try (RowScan scan = Source.of(folder.resolve("a.csv").toString()).scan()) {
                scan.read(schema, List.of(), RowMark.START, chunks::add);
            }
            assertThat(chunks.get(0).rows().numbers("x").values()).containsExactly(one, two, Double.NaN);
            assertThat(DataReport.values(profile, schema))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message())
                            .contains("'" + first + "' is read as " + new NumberColumn("", new double[] {one}).text(0))
                            .contains(
                                    "'" + second + "' is read as " + new NumberColumn("", new double[] {two}).text(0)));
        }
    }

    @Test
    void saysWhatIsReadHow() throws IOException {
        try (TableReader reader = open("$1,234.50", "($20)")) {
            Profile profile = reader.profile();
            assertThat(DataReport.values(profile, profile.schema(Map.of())))
                    .containsExactly(new Finding(
                            Finding.Kind.DECIMALS,
                            "x",
                            "'x' holds numbers in the form $1,234.56: '$1,234.50' is read as 1234.5, '($20)' is read as -20."
                                    + " data.read.decimal sets the separator for all columns, features.x: category keeps the"
                                    + " texts"));
            Schema kept = profile.schema(Map.of("x", ColumnChoice.of(Kind.CATEGORY)));
            assertThat(reader.read(kept).texts("x").values()).containsExactly("$1,234.50", "($20)", null);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$5|€5",
                "5 %|5",
                "$5$|$6$",
                "(5|5)",
                "(-5)|(6)",
                "5 $ 6|7",
                "1\u00a023|4\u00a056",
                "%|$",
                "()|(.)",
                "1 234|5 678",
                "$1,23|$4,5,6",
                "USD 5|USD 6"
            })
    void isNotSeenInOtherTexts(String values) throws IOException {
        try (TableReader reader = open(values.split("\\|"))) {
            assertThat(reader.profile().schema(Map.of()).kind("x")).isEqualTo(Kind.CATEGORY);
        }
    }

    @Test
    void staysOpenWhereBothSeparatorsArePossible() throws IOException {
        for (String[] values : new String[][] {{"1,234 %", "5,678 %"}, {"$1,234", "$1.234"}}) {
            try (TableReader reader = open(values)) {
                Profile profile = reader.profile();
                assertThat(profile.schema(Map.of()).kind("x")).isEqualTo(Kind.CATEGORY);
                assertThatThrownBy(() -> profile.schema(Map.of("x", ColumnChoice.of(Kind.NUMBER))))
                        .hasMessageContaining("say which with data.read.decimal");
            }
        }
    }

    @Test
    void refusesOtherTextsWithTheForm() throws IOException {
        Schema schema = new Schema(List.of(new Field("x", Kind.NUMBER, ".$")));
        try (TableReader reader = open("$1", "€2")) {
            assertThatThrownBy(() -> reader.read(schema))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(
                            "column 'x' must hold a finite number in the form $1,234.56 in every row. Received: 1"
                                    + " other value (row 2 '€2')");
        }
        assertThatThrownBy(() -> new RowParser(schema, List.of()).parse(List.of(Map.of("x", "12 %"))))
                .hasMessage("column 'x' must hold a number in the form $1,234.56. Received: '12 %'");
    }

    /** Of the form 1.234,56 would make 1234 of the number 1.234. */
    @Test
    void isThatOfTextsAndNotOfNumbers() throws IOException {
        Schema schema = new Schema(List.of(new Field("x", Kind.NUMBER, ",€")));
        Path parquet = folder.resolve("x.parquet");
        try (TableWriter writer = TableWriter.to(parquet)) {
            writer.write(Table.of(List.of(new NumberColumn("x", new double[] {1.234, -0.5}))));
            writer.finish();
        }
        Path json = Files.writeString(folder.resolve("x.json"), "[{\"x\": 1.234}, {\"x\": -0.5}]");
        for (Path file : List.of(parquet, json)) {
            List<Chunk> chunks = new ArrayList<>();
            try (TableReader reader = Source.of(file.toString()).open();
                    RowScan scan = Source.of(file.toString()).scan()) {
                assertThat(reader.read(schema).numbers("x").values()).containsExactly(1.234, -0.5);
                assertThat(reader.head(schema, 1).numbers("x").values()).containsExactly(1.234);
                Rows staged = StagedRows.of(reader, schema, folder.resolve(file.getFileName() + ".staged"));
                assertThat(staged.load().numbers("x").values()).containsExactly(1.234, -0.5);
                scan.read(schema, List.of(), RowMark.START, chunks::add);
            }
            assertThat(chunks.get(0).rows().numbers("x").values()).containsExactly(1.234, -0.5);
        }
    }

    @Test
    void takesAnotherSeparatorAndKeepsTheMark() {
        assertThat(new Field("x", Kind.NUMBER, ".€").withForm(",")).isEqualTo(new Field("x", Kind.NUMBER, ",€"));
        assertThat(new Field("x", Kind.NUMBER).withForm(",")).isEqualTo(new Field("x", Kind.NUMBER, ","));
        assertThat(new Field("x", Kind.NUMBER, ".€").withForm(null)).isEqualTo(new Field("x", Kind.NUMBER, ".€"));
        assertThat(new Field("x", Kind.CATEGORY).withForm(",")).isEqualTo(new Field("x", Kind.CATEGORY));
        assertThatThrownBy(() -> new Field("x", Kind.NUMBER, ".ab"))
                .hasMessage("the mark of numbers must be % or one currency sign. Received: 'ab'");
    }

    private TableReader open(String... values) throws IOException {
        StringBuilder text = new StringBuilder("x\tchurn\n");
        Arrays.stream(values).forEach(value -> text.append(value).append("\tno\n"));
        text.append("\tyes\n");
        return Source.of(Files.writeString(folder.resolve("a.csv"), text).toString())
                .open();
    }
}
