package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dates in other forms than ISO 8601, from a file and from a served row. */
class DatesTest {
    private static final double LAST_OF_JANUARY = 1296432000; // 2011-01-31T00:00Z

    @TempDir
    Path folder;

    @Test
    void findsTheFormThatFitsEveryValue() throws IOException {
        for (String[] form : new String[][] {
            {"%m/%d/%Y", "1/1/2011", "1/31/2011"},
            {"%d/%m/%Y", "1/1/2011", "31/1/2011"},
            {"%d.%m.%Y", "01.01.2011", "31.01.2011"},
            {"%d-%b-%Y", "1-Jan-2011", "31-Jan-2011"},
            {"%B %d, %Y", "January 1, 2011", "January 31, 2011"},
            {"%m/%d/%Y %H:%M", "1/1/2011 5:07", "1/31/2011 0:00"}
        }) {
            Path file = write("\"" + form[1] + "\"", "\"" + form[2] + "\"");
            try (TableReader reader = Source.of(file.toString()).open()) {
                Schema schema = reader.profile().schema(Map.of());
                assertThat(schema.fields().get(0)).isEqualTo(new Field("day", Kind.DATE, form[0]));
                assertThat(reader.read(schema).numbers("day").values()[1]).isEqualTo(LAST_OF_JANUARY);
                Table served = new RowParser(schema, List.of("")).parse(List.of(Map.of("day", form[2])));
                assertThat(served.numbers("day").values()[0]).isEqualTo(LAST_OF_JANUARY);
            }
        }
    }

    @Test
    void saysWhenTheFormIsNotClear() throws IOException {
        Path file = write("1/2/2011", "3/4/2011", "1/2/2011");
        try (TableReader reader = Source.of(file.toString()).open()) {
            Profile profile = reader.profile();
            Schema schema = profile.schema(Map.of());
            assertThat(schema.kind("day")).isEqualTo(Kind.CATEGORY);
            assertThat(DataReport.values(profile, schema))
                    .containsExactly(new Finding(
                            Finding.Kind.DATES,
                            "day",
                            "'day' holds dates that could be %m/%d/%Y or %d/%m/%Y; it is read as a category. Name the format"
                                    + " with data.read.date_format"));
            assertThatThrownBy(() -> profile.schema(Map.of("day", ColumnChoice.of(Kind.DATE))))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("say which with data.read.date_format: [\"%m/%d/%Y\"]");
        }
        try (TableReader reader = open(file, "%d/%m/%Y")) {
            assertThat(reader.profile().schema(Map.of()).fields().get(0).format())
                    .isEqualTo("%d/%m/%Y");
        }
    }

    @Test
    void reportsValuesThatAreNoDates() throws IOException {
        Path file = write("1/1/2011", "1/31/2011", "soon", "2/30/2011", "");
        try (TableReader reader = Source.of(file.toString()).open()) {
            Schema schema = reader.profile().schema(Map.of("day", ColumnChoice.of(Kind.DATE)));
            assertThatThrownBy(() -> reader.read(schema))
                    .hasMessageContaining("column 'day' must hold a date in every row. Received: 2 other values (row 3"
                            + " 'soon', row 4 '2/30/2011')")
                    .hasMessageContaining("Dates are read in the form %m/%d/%Y; data.read.date_format names others");
            List<Chunk> chunks = new ArrayList<>();
            try (RowScan scan = Source.of(file.toString()).scan()) {
                scan.read(schema, List.of(), RowMark.START, chunks::add);
            }
            assertThat(chunks.get(0).bad().stream().map(BadRow::row)).containsExactly(3L, 4L);
            assertThat(chunks.get(0).rows().numbers("day").values()).hasSize(3).contains(LAST_OF_JANUARY, Double.NaN);
            assertThatThrownBy(() -> new RowParser(schema, List.of()).parse(List.of(Map.of("day", "2/30/2011"))))
                    .isInstanceOf(DataException.class)
                    .hasMessage("column 'day' must hold a date. Received: '2/30/2011'");
        }
    }

    @Test
    void leavesTwoDigitYearsAlone() throws IOException {
        Path file = write("1/1/11", "1/31/11");
        try (TableReader reader = Source.of(file.toString()).open()) {
            assertThat(reader.profile().schema(Map.of()).kind("day")).isEqualTo(Kind.CATEGORY);
        }
        try (TableReader reader = open(file, "%m/%d/%y")) {
            Schema schema = reader.profile().schema(Map.of());
            assertThat(reader.read(schema).numbers("day").values()[1]).isEqualTo(LAST_OF_JANUARY);
        }
    }

    /** What the day of a time with a zone is must not depend on whether it came in a file or a request. */
    @Test
    void readsZonesInAFileAsInARequest() throws IOException {
        String text = "2011-01-31T23:30:00-05:00";
        Path file = write(text, "2011-01-01T00:00:00Z");
        try (TableReader reader = Source.of(file.toString()).open()) {
            Schema schema = reader.profile().schema(Map.of());
            double filed = reader.read(schema).numbers("day").values()[0];
            Table served = new RowParser(schema, List.of()).parse(List.of(Map.of("day", text)));
            assertThat(served.numbers("day").values()[0]).isEqualTo(filed);
        }
    }

    @Test
    void refusesOtherSigns() {
        assertThatThrownBy(() -> new ReadOptions(null, null, "utf-8", List.of(), null, List.of("yyyy-MM-dd")))
                .hasMessageContaining("such as %d.%m.%Y. Received: yyyy-MM-dd");
    }

    private static TableReader open(Path file, String format) {
        ReadOptions standard = ReadOptions.DEFAULTS;
        return new Source(
                        file.toString(),
                        new ReadOptions(null, null, "utf-8", standard.missing(), null, List.of(format)))
                .open();
    }

    private Path write(String... days) throws IOException {
        StringBuilder text = new StringBuilder("day,x\n");
        for (int i = 0; i < days.length; i++) {
            text.append(days[i]).append(',').append(i % 2).append('\n');
        }
        return Files.writeString(folder.resolve("days.csv"), text);
    }
}
