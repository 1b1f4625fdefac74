package org.lungo.family.tables;

import java.nio.file.Path;
import java.util.List;
import org.lungo.data.Source;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchOutput;

/**
 * Rows to predict.
 *
 * @param input a file, a folder, a pattern such as {@code in/*.parquet}, or a database with a query
 * @param keep input columns that are copied to the output; {@code all} for every one
 * @param maxErrors the job stops when more rows than this cannot be used
 * @param partRows the number of rows after which what is done is made safe; an interrupted job loses no more
 * @param restart whether what an interrupted job has done is thrown away
 * @param asTrained whether files are read as the training's were ({@link Predictor#reading}); else the options of
 *     {@code input} say it all, and its decimal separator and date format, if there are, come before those of the training
 */
public record BatchJob(
        Source input,
        BatchOutput output,
        List<String> keep,
        long maxErrors,
        int partRows,
        boolean restart,
        boolean asTrained) {
    /** Every column is copied. */
    public static final String ALL = "all";

    public BatchJob {
        keep = List.copyOf(keep);
        if (keep.stream().distinct().count() < keep.size()) {
            throw new IllegalArgumentException("keep must name a column once. Received: " + String.join(",", keep));
        }
        if (maxErrors < 0) {
            throw new IllegalArgumentException("max-errors must be at least 0. Received: " + maxErrors);
        }
        if (partRows < 1) {
            throw new IllegalArgumentException("part-rows must be at least 1. Received: " + partRows);
        }
        if (!asTrained && input.options().dateFormat().size() > 1) {
            throw new IllegalArgumentException(
                    "of a prediction data.read.date_format must be one form, in which every date"
                            + " is read. Received: " + input.options().dateFormat());
        }
        if (input.isDatabase() != (input.options().query() != null)) {
            throw new IllegalArgumentException(
                    input.isDatabase()
                            ? "a jdbc: address needs --query 'SELECT ... ORDER BY ...'"
                            : "--query needs a jdbc: address. Received: " + input.location());
        }
    }

    /** The rows of {@code data}, written to the file {@code out}. */
    public static BatchJob of(String data, Path out) {
        return new BatchJob(
                Source.of(data), BatchOutput.file(out), List.of(), Long.MAX_VALUE, BatchOrder.PART_ROWS, false, true);
    }

    /** The same with columns of the input copied. */
    public BatchJob keeping(String... columns) {
        return new BatchJob(input, output, List.of(columns), maxErrors, partRows, restart, asTrained);
    }
}
