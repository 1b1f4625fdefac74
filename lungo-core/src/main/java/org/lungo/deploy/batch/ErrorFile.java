package org.lungo.deploy.batch;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.data.BadRow;
import org.lungo.data.CsvWriter;

/** The rows and lines that could not be used, as CSV: their file, row or line, reason and text. */
public final class ErrorFile implements AutoCloseable {
    private final Path file;
    private final Path out;
    private final AppendedFile growing;
    private final BufferedWriter text;

    private ErrorFile(Path file, Path out, AppendedFile growing) {
        this.file = file;
        this.out = out;
        this.growing = growing;
        this.text = new BufferedWriter(new OutputStreamWriter(growing.stream(), StandardCharsets.UTF_8));
    }

    /** Opens it and leaves in it what was {@code done}. */
    public static ErrorFile open(BatchOutput output, Done done) throws IOException {
        Path file = output.parts().resolve("errors");
        ErrorFile errors = new ErrorFile(file, output.errors(), AppendedFile.open(file, done.errors()));
        if (done.errors() == 0) {
            new CsvWriter(errors.text).line(List.of("file", "row", "line", "reason", "text"));
        }
        return errors;
    }

    /** Adds rows and lines of the file {@code location}. */
    public void write(String location, List<BadRow> rows) throws IOException {
        CsvWriter csv = new CsvWriter(text);
        for (BadRow row : rows) {
            csv.line(Arrays.asList(location, number(row.row()), number(row.line()), row.reason(), row.text()));
        }
    }

    private static @Nullable String number(long number) {
        return number == 0 ? null : Long.toString(number);
    }

    /** Makes it safe. Returns its size. */
    public long force() throws IOException {
        text.flush();
        return growing.force();
    }

    /** Shows what there is up to now next to the output. */
    public void show() throws IOException {
        text.flush();
        Files.copy(file, out, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Puts the error file next to the output, if it lists anything; after a crash once more. */
    public static void finish(BatchOutput output, Done done) throws IOException {
        Path file = output.parts().resolve("errors");
        if (done.counts().bad() == 0) {
            Files.deleteIfExists(output.errors());
        } else if (Files.exists(file)) {
            Durable.move(file, output.errors());
        }
    }

    @Override
    public void close() throws IOException {
        growing.close();
    }
}
