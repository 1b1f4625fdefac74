package org.lungo.family.tables;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Table;
import org.lungo.deploy.batch.Done;

/** Takes answers, part by part. What is committed stays, whatever happens to the process; what is not is gone. */
interface AnswerSink extends AutoCloseable {
    /**
     * Opens the sink and leaves in it what is safe.
     *
     * @param journal what was done according to the journal; null for a new job
     * @return what was done
     */
    Done start(@Nullable Done journal) throws IOException;

    /** Adds rows to the part. */
    void write(Table answers) throws IOException;

    /** Makes files safe. Returns the size of the growing one. */
    long force() throws IOException;

    /** Makes a transaction safe; {@code note} is what the journal will say. */
    default void commit(String note) throws IOException {}

    /** Puts the whole in its place; after a crash once more. */
    void finish(Done done) throws IOException;

    @Override
    void close() throws IOException;

    /**
     * The sink for a job's output.
     *
     * @param id of the job
     * @param columns a table with the columns to be written, without rows
     * @param types of columns, in DuckDB's words
     */
    static AnswerSink of(BatchJob job, String id, Table columns, Map<String, String> types) throws IOException {
        if (job.output().isDatabase()) {
            return new TableAnswers(job, id, columns, types);
        }
        return job.output().location().toLowerCase(Locale.ROOT).endsWith(".parquet")
                ? new ParquetAnswers(job.output(), columns, types)
                : new CsvAnswers(job.output(), columns);
    }
}
