package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before a CSV file's header, and in it. */
class CsvTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# a comment\nx,churn\n33,no\n41,yes\n",
                "# a, comment\nx,churn\n33,no\n41,yes\n",
                "# a\n# b, c, d\n\nx,churn\n33,no\n41,yes\n",
                "\n# a\r\nx,churn\r\n33,no\r\n41,yes\r\n"
            })
    void skipsCommentsBeforeTheHeader(String text) throws IOException {
        try (TableReader reader = Source.of(write(text)).open()) {
            assertThat(reader.names()).containsExactly("x", "churn");
            Table table = reader.read(reader.profile().schema(Map.of()));
            assertThat(table.numbers("x").values()).containsExactly(33, 41);
            assertThat(table.texts("churn").values()).containsExactly("no", "yes");
        }
    }

    @Test
    void takesTheLastCommentForTheHeaderWhenTheRowsHaveNone() throws IOException {
        try (TableReader reader =
                Source.of(write("# made by hand\n#id,x,y\n1,2,a\n2,3,b\n")).open()) {
            assertThat(reader.names()).containsExactly("#id", "x", "y");
            assertThat(reader.count()).isEqualTo(2);
        }
    }

    @Test
    void asksWhenACommentCouldBeTheHeader() throws IOException {
        String text = "#a,b\nx,y\nz,w\n";
        assertThatThrownBy(() -> open(text, CsvLayout.FOUND))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv:1: this line starts with # and has as many values as those below. Set"
                        + " data.read.skip: 1 if it is a comment, or data.read.skip: 0 if it holds the names");
        try (TableReader reader = open(text, new CsvLayout(null, null, true, 1))) {
            assertThat(reader.names()).containsExactly("x", "y");
        }
        try (TableReader reader = open(text, new CsvLayout(null, null, true, 0))) {
            assertThat(reader.names()).containsExactly("#a", "b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sales 2024\nx,churn,y\n33,no,1\n41,yes,2\n",
                "Sales 2024,,\nx,churn,y\n33,no,1\n41,yes,2\n",
                "# by hand\nSales 2024\n\nby me\nx,churn,y\n33,no,1\n41,yes,2\n"
            })
    void refusesATitle(String text) throws IOException {
        int skip = text.startsWith("#") ? 4 : 1;
        assertThatThrownBy(() -> open(text, CsvLayout.FOUND))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv:" + (skip == 1 ? 1 : 2)
                        + ": expected 3 values, as in the lines below. Received: 1 (Sales 2024")
                .hasMessageContaining("if this is a title, set data.read.skip: " + skip);
        try (TableReader reader = open(text, new CsvLayout(null, null, null, skip))) {
            assertThat(reader.names()).containsExactly("x", "churn", "y");
            assertThat(reader.count()).isEqualTo(2);
        }
    }

    @Test
    void saysWhatBecomesOfANameThatOccursTwice() throws IOException {
        try (TableReader reader =
                Source.of(write("x,\"age\",age,AGE,\n1,2,3,4,5\n2,3,4,5,6\n")).open()) {
            Profile profile = reader.profile();
            assertThat(DataReport.values(profile, profile.schema(Map.of())))
                    .contains(new Finding(
                            Finding.Kind.RENAMED,
                            "age_1",
                            "the header holds 'age' more than once; the one in column 3 is read as 'age_1'"))
                    .extracting(Finding::column)
                    .containsExactly("age_1", "AGE"); // the last differs from the first by case
        }
    }

    @Test
    void refusesSignsThatAreNone() throws IOException {
        assertThatThrownBy(() -> new CsvLayout("abcde", null, null, null))
                .hasMessage(
                        "delimiter must be a character of at most four bytes and neither a quote nor a line end, such as ',',"
                                + " ';' or \"\\t\" for a tab. Received: 'abcde'");
        assertThatThrownBy(() -> new CsvLayout("", null, null, null)).hasMessageContaining("Received: ''");
        assertThatThrownBy(() -> new CsvLayout("\"", null, null, null)).hasMessageContaining("delimiter must be");
        assertThatThrownBy(() -> new CsvLayout(null, "''", null, null))
                .hasMessageContaining("quote must be one character");
        assertThatThrownBy(() -> new CsvLayout("'", "'", null, null)).hasMessageContaining("must differ");
        assertThatThrownBy(() -> new CsvLayout(null, null, null, -1))
                .hasMessage("skip must be at least 0. Received: -1");
        assertThat(new CsvLayout("\\t", null, null, null).delimiter()).isEqualTo("\t");
        try (TableReader reader = open("x||y\n1||'a||b'\n2||c\n", new CsvLayout("||", "'", null, null))) {
            assertThat(reader.read(reader.profile().schema(Map.of())).texts("y").values())
                    .containsExactly("a||b", "c");
        }
        try (TableReader reader = open("x,pipe\n1,2\"\n2,3\"\n", new CsvLayout(",", "", null, null))) {
            assertThat(reader.read(reader.profile().schema(Map.of()))
                            .texts("pipe")
                            .values())
                    .containsExactly("2\"", "3\"");
        }
    }

    @Test
    void readsLinesThatEndWithReturns() throws IOException {
        try (TableReader reader =
                Source.of(write("x,name\r1,a\r2,\"b\nc\"\r3,\"d\r\"\r")).open()) {
            Table table = reader.read(reader.profile().schema(Map.of()));
            assertThat(table.numbers("x").values()).containsExactly(1, 2, 3);
            assertThat(table.texts("name").values()).containsExactly("a", "b\nc", "d\r");
        }
    }

    private TableReader open(String text, CsvLayout layout) throws IOException {
        ReadOptions standard = ReadOptions.DEFAULTS;
        return new Source(write(text), new ReadOptions(layout, "utf-8", standard.missing(), null, List.of(), null))
                .open();
    }

    private String write(String text) throws IOException {
        return Files.writeString(folder.resolve("a.csv"), text).toString();
    }
}
