package org.lungo.family.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Table;
import org.lungo.data.TableWriter;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.deploy.batch.Done;
import org.lungo.deploy.batch.Durable;
import org.lungo.deploy.batch.ResumeException;

/** A file for each part, joined in the end. */
final class ParquetAnswers implements AnswerSink {
    private final Path out;
    private final Path folder;
    private final Table columns;
    private final Map<String, String> types;
    private int parts;
    private @Nullable TableWriter writer;

    ParquetAnswers(BatchOutput output, Table columns, Map<String, String> types) {
        this.out = output.file();
        this.folder = output.parts();
        this.columns = columns;
        this.types = types;
    }

    @Override
    public Done start(@Nullable Done journal) {
        Done done = journal == null ? Done.NOTHING : journal;
        parts = done.parts();
        return done;
    }

    private Path part(int number) {
        return folder.resolve(String.format(Locale.ROOT, "part-%06d.parquet", number));
    }

    private TableWriter writer() {
        if (writer == null) {
            writer = TableWriter.to(part(parts + 1), types);
            writer.write(columns);
        }
        return writer;
    }

    @Override
    public void write(Table answers) {
        writer().write(answers);
    }

    @Override
    public long force() throws IOException {
        writer().finish();
        close();
        parts++;
        Durable.force(part(parts));
        Durable.forceFolder(part(parts));
        return 0;
    }

    @Override
    public void finish(Done done) throws IOException {
        List<Path> all = new ArrayList<>();
        for (int number = 1; number <= done.parts(); number++) {
            if (!Files.exists(part(number))) {
                throw new ResumeException(part(number) + " is missing; start again with --restart");
            }
            all.add(part(number));
        }
        Path joined = folder.resolve("joined.parquet");
        TableWriter.join(all, joined);
        Durable.force(joined);
        Durable.move(joined, out);
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
