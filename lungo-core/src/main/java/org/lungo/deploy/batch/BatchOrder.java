package org.lungo.deploy.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lungo.data.ReadOptions;
import org.lungo.tensor.Check;

/**
 * Data that a model is to answer for, as somebody says it.
 *
 * @param input a file, a folder, a pattern such as {@code in/*.parquet}, or a database
 * @param output where the answers go: a file, or a {@code jdbc:} address
 * @param limit the number of rows or texts after which it is enough, at the beginning of the data; some more may be answered
 * @param rows what only rows of tables have
 */
public record BatchOrder(String input, String output, long limit, Rows rows) {
    /** A second or two of work. */
    public static final int PART_ROWS = 1 << 18;

    /** All of the data. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** All of the data is to be answered. */
    public BatchOrder(String input, String output, Rows rows) {
        this(input, output, UNLIMITED, rows);
    }

    /**
     * What is said of rows.
     *
     * @param query the rows to read from a database; null for files
     * @param reading changes how the training's files were read; null where nothing is changed
     * @param table of a database that is written; null for a file
     * @param append whether a table that holds rows already is added to
     * @param keep input columns that are copied to the output
     * @param going how the job continues, and when it ends
     */
    public record Rows(
            @Nullable String query,
            @Nullable UnaryOperator<ReadOptions> reading,
            @Nullable String table,
            boolean append,
            List<String> keep,
            Going going) {
        /** Nothing is said. */
        public static final Rows NONE = new Rows(null, null, null, false, List.of(), Going.USUAL);

        public Rows {
            keep = List.copyOf(keep);
        }

        /** The same with other columns copied. */
        public Rows keeping(List<String> columns) {
            return new Rows(query, reading, table, append, columns, going);
        }
    }

    /**
     * How a batch continues, and when it ends.
     *
     * @param maxErrors the job stops when more rows than this cannot be used
     * @param partRows the number of rows after which what is done is made safe
     * @param restart whether what an interrupted job has done is thrown away
     */
    public record Going(long maxErrors, int partRows, boolean restart) {
        /** The job continues where it stopped, however many rows cannot be used. */
        public static final Going USUAL = new Going(Long.MAX_VALUE, PART_ROWS, false);

        public Going {
            Check.that(maxErrors >= 0, "max-errors must be at least 0", maxErrors);
            Check.that(partRows >= 1, "part-rows must be at least 1", partRows);
        }
    }

    /**
     * Refuses options for rows of tables, where a model answers texts.
     *
     * @param folder of the model
     * @param holds what it holds: "a tagger, which labels a whole file"
     * @throws IllegalArgumentException when there is such an option
     */
    public void requireNoRowOptions(Path folder, String holds) {
        if (!rows.equals(Rows.NONE)) {
            throw new IllegalArgumentException(
                    folder + " holds " + holds + "; of the options, only --out, --json and --progress apply to it");
        }
    }
}
