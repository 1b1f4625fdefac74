package org.lungo.family.tables;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DatabaseTable;
import org.lungo.data.Table;
import org.lungo.deploy.batch.Done;
import org.lungo.deploy.batch.ResumeException;

/**
 * Rows of a database table, a transaction for each part. How far the job is stands in the same transaction, so that no
 * crash can come between the two.
 */
final class TableAnswers implements AnswerSink {
    private static final String SEPARATOR = " ";

    private final BatchJob job;
    private final String id;
    private final Table columns;
    private final Map<String, String> types;
    private final DatabaseTable table;

    /** @param id of the job, by which its notes are known */
    TableAnswers(BatchJob job, String id, Table columns, Map<String, String> types) throws IOException {
        this.job = job;
        this.id = id;
        this.columns = columns;
        this.types = types;
        this.table = DatabaseTable.open(job.output().location(), String.valueOf(name()));
    }

    private @Nullable String name() {
        return job.output().table();
    }

    @Override
    public Done start(@Nullable Done journal) throws IOException {
        String note = table.note();
        if (note == null) {
            if (journal != null && journal.parts() > 0) {
                throw new ResumeException(
                        "the table " + name() + "_lungo, which says how far the interrupted job was, is"
                                + " gone; look at what " + name() + " holds, then start again with --restart");
            }
            return begin();
        }
        if (journal != null && note.startsWith(id + SEPARATOR)) {
            return Done.parse(note.substring(id.length() + SEPARATOR.length()), name() + "_lungo");
        }
        if (!job.going().restart()) {
            throw new ResumeException("the table " + name() + " holds what an interrupted job wrote that was started in"
                    + " another folder, or is still running; continue that one, or start again with --restart");
        }
        if (!table.discard()) {
            throw new ResumeException("the interrupted job added its rows to a table that held others, and cannot tell"
                    + " them apart; remove its rows from " + name() + " and drop " + name()
                    + "_lungo, then start again");
        }
        return begin();
    }

    private Done begin() throws IOException {
        long rows = table.rows();
        if (rows > 0 && !job.output().append()) {
            throw new IllegalArgumentException("the table " + name() + " must be empty or absent. Received: " + rows
                    + " rows; add to them with --append, or name another with --table");
        }
        table.begin(columns, types, id + SEPARATOR + Done.NOTHING.line());
        return Done.NOTHING;
    }

    @Override
    public void write(Table answers) throws IOException {
        table.write(answers);
    }

    @Override
    public long force() {
        return 0;
    }

    @Override
    public void commit(String note) throws IOException {
        table.commit(id + SEPARATOR + note);
    }

    @Override
    public void finish(Done done) throws IOException {
        table.finish();
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
