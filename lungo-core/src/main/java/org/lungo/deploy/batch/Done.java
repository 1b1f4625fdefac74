package org.lungo.deploy.batch;

import org.lungo.data.RowMark;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a batch is: all that is needed to continue. One line of the journal.
 *
 * @param parts the number of parts that are safe
 * @param source the place of the file that is read now among the files, from 0; their number when all are read
 * @param mark the place in it
 * @param earlier the number of rows in the files before it
 * @param answers the size of what is written, in bytes; 0 for a table and for Parquet
 * @param errors the size of the error file, in bytes
 */
public record Done(int parts, int source, RowMark mark, long earlier, Counts counts, long answers, long errors) {
    /** Where a new batch stands. */
    public static final Done NOTHING = new Done(0, 0, RowMark.START, 0, new Counts(0, 0, 0), 0, 0);

    private static final JsonMapper JSON = new JsonMapper();

    /** The number of rows that were read. */
    public long read() {
        return earlier + mark.row();
    }

    /** The same after a chunk: up to {@code end}, with more rows predicted, bad and unknown. */
    public Done plus(RowMark end, long rows, long bad, long unknown) {
        Counts sum = new Counts(counts.rows() + rows, counts.bad() + bad, counts.unknown() + unknown);
        return new Done(parts, source, end, earlier, sum, answers, errors);
    }

    /** The same at the start of the next file. */
    public Done next() {
        return new Done(parts, source + 1, RowMark.START, read(), counts, answers, errors);
    }

    /** The same with a part more, and these sizes. */
    public Done part(long answers, long errors) {
        return new Done(parts + 1, source, mark, earlier, counts, answers, errors);
    }

    /** The counts as JSON, in one line. */
    public String line() {
        return JSON.writeValueAsString(this);
    }

    /**
     * Reads a line of the journal.
     *
     * @param place where it stood, for messages
     * @throws ResumeException when it is not what {@link #line} gives
     */
    public static Done parse(String line, String place) {
        try {
            return JSON.readValue(line, Done.class);
        } catch (JacksonException e) {
            throw new ResumeException(
                    place + " is damaged: " + e.getOriginalMessage() + "; start again with --restart");
        }
    }
}
