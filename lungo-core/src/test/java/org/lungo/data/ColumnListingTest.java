package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnListingTest {
    @TempDir
    Path folder;

    @Test
    void showsWhatEachColumnLooksLike() throws IOException {
        assertThat(listing("when,x,none\n2024-01-01,1.5,\n2024-03-01,-2,\n").toText())
                .isEqualTo("  when  date      2 values: 2024-01-01, 2024-03-01\n"
                        + "  x     number    2 values from -2 to 1.5\n"
                        + "  none  category  no value");
    }

    @Test
    void cutsWideTablesShort() throws IOException {
        String names = "x,".repeat(49) + "x";
        String header = names.replaceAll("x", "c");
        StringBuilder numbered = new StringBuilder();
        for (int i = 0; i < header.split(",").length; i++) {
            numbered.append(i == 0 ? "" : ",").append("c").append(i);
        }
        String text = listing(numbered + "\n" + "1,".repeat(49) + "2\n").toText();
        assertThat(text.lines()).hasSize(41);
        assertThat(text).endsWith("\n  ... and 10 more");
    }

    @Test
    void thinksOfAUsualNameThenOfFewValuesThenOfANumber() throws IOException {
        assertThat(listing("Label,x,kind\na,1,u\nb,2,v\n").likelyTarget()).isEqualTo("Label");
        assertThat(listing("x,kind,same\n1,u,1\n2,v,1\n").likelyTarget()).isEqualTo("kind");
        assertThat(listing("x,same\n" + many() + "\n").likelyTarget()).isEqualTo("x");
    }

    private static String many() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            rows.append(i).append(",s\n");
        }
        return rows.toString();
    }

    private ColumnListing listing(String csv) throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), csv);
        try (TableReader reader = Source.of(file.toString()).open()) {
            return new ColumnListing(reader.profile());
        }
    }
}
