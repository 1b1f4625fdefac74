package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFailureTest {
    @TempDir
    Path folder;

    @Test
    void namesTheLineWhoseQuoteIsNotClosed() throws IOException {
        String file = write("a.csv", "x,y\n" + "1,b\n".repeat(50) + "2,\"open\n" + "1,\"c d\"\n".repeat(50));
        assertThatThrownBy(reading(file))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(
                        "(?s).*a.csv:\\d+: (a quote is not closed; close it, or set data.read.quote: '' if quotes have no"
                                + " meaning in this file|the line is no CSV.*)");
        String last = write("b.csv", "x,y\n" + "1,b\n".repeat(5) + "2,\"open\n");
        assertThatThrownBy(reading(last)).hasMessageContaining("b.csv:7: a quote is not closed");
    }

    @Test
    void namesTheLineThatIsTooLong() throws IOException {
        String long10 = write("a.csv", "x,y\n1,b\n1," + "a".repeat(10_000_000) + "\n2,b\n");
        assertThatCode(reading(long10)).doesNotThrowAnyException();
        String long17 = write("a.csv", "x,y\n1,b\n1," + "a".repeat(17_000_000) + "\n2,b\n");
        assertThatThrownBy(reading(long17)).hasMessageContaining("a.csv: a line must have at most 16777216 bytes");
    }

    @Test
    void namesTheLineThatIsNoJson() throws IOException {
        String file = write("a.jsonl", "{\"x\":1}\n{\"x\":2}\n{\"x\":\n{\"x\":4}\n");
        assertThatThrownBy(reading(file))
                .hasMessageMatching("(?s).*a.jsonl:3: no valid JSON at column \\d+; expected one object a line, .*");
        String list = write("a.json", "[{\"x\":1},\n{\"x\":2},\n{\"x\":oops}]");
        assertThatThrownBy(reading(list)).hasMessageContaining("a.json:3: no valid JSON at column");
    }

    @Test
    void saysWhatIsNoParquet() throws IOException {
        assertThatThrownBy(reading(write("a.parquet", "PAR1 and no more")))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("(?s)cannot read .*a.parquet: .*; is it complete, and a Parquet file\\?")
                .hasMessageNotContaining("Error:");
    }

    @Test
    void unpacksWhatIsWrapped() {
        SQLException full = new SQLException(
                "{\"exception_type\":\"IO\",\"exception_message\":\"Could not write file \\\"/x/rows.duckdb\\\": No space left on"
                        + " device\",\"errno\":\"28\"}");
        assertThat(SourceFailure.of(Source.of("a.csv"), full))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the disk is full (Could not write file")
                .hasMessageContaining("make room")
                .hasMessageNotContaining("exception_type");
        SQLException marked = new SQLException("Binder Error: no x\n\nLINE 1: SELECT x\n               ^^^^^");
        assertThat(SourceFailure.reason(marked)).isEqualTo("no x");
        assertThat(SourceFailure.of(Source.of("jdbc:x:y;password=geheim"), marked))
                .hasMessage("cannot read jdbc:x:y;password=***: no x");
    }

    private static ThrowingCallable reading(String file) {
        return () -> {
            try (TableReader reader = Source.of(file).open()) {
                reader.read(reader.profile().schema(Map.of()));
            }
        };
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
