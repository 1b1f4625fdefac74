package org.lungo.family.tables;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.CsvWriter;
import org.lungo.data.Table;
import org.lungo.deploy.batch.AppendedFile;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.deploy.batch.Done;
import org.lungo.deploy.batch.Durable;

/** One growing file, cut back to what was committed when a job continues; with {@code .gz} each part is a member of its own. */
final class CsvAnswers implements AnswerSink {
    private static final int BUFFER = 1 << 16;

    private final Path out;
    private final Path file;
    private final Table columns;
    private final boolean zipped;
    private @Nullable AppendedFile growing;
    private @Nullable GZIPOutputStream member;
    private @Nullable BufferedWriter text;

    CsvAnswers(BatchOutput output, Table columns) {
        this.out = output.file();
        this.file = output.parts().resolve("answers");
        this.columns = columns;
        this.zipped = output.location().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    @Override
    public Done start(@Nullable Done journal) throws IOException {
        Done done = journal == null ? Done.NOTHING : journal;
        growing = AppendedFile.open(file, done.answers());
        if (done.answers() == 0) {
            new CsvWriter(text()).line(columns.names());
        }
        return done;
    }

    private AppendedFile growing() {
        return Objects.requireNonNull(growing, "start was not called");
    }

    private BufferedWriter text() throws IOException {
        if (text == null) {
            OutputStream bytes = growing().stream();
            if (zipped) {
                member = new GZIPOutputStream(bytes, BUFFER);
                bytes = member;
            }
            text = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), BUFFER);
        }
        return text;
    }

    @Override
    public void write(Table answers) throws IOException {
        new CsvWriter(text()).rows(answers);
    }

    @Override
    public long force() throws IOException {
        if (text != null) {
            text.flush();
            if (member != null) {
                member.finish();
            }
            member = null;
            text = null;
        }
        return growing().force();
    }

    @Override
    public void finish(Done done) throws IOException {
        close();
        if (Files.exists(file)) {
            Durable.move(file, out);
        }
    }

    @Override
    public void close() throws IOException {
        if (growing != null) {
            growing.close();
        }
    }
}
