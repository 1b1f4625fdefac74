package org.lungo.family.tables;

import java.nio.file.Path;
import java.util.List;
import org.lungo.data.Source;
import org.lungo.deploy.batch.BatchOrder;
import org.lungo.deploy.batch.BatchOutput;
import org.lungo.tensor.Check;

/**
 * Rows to predict.
 *
 * @param input a file, a folder, a pattern such as {@code in/*.parquet}, or a database with a query
 * @param keep input columns that are copied to the output; {@code all} for every one
 * @param going how it continues when it was interrupted, and when it ends
 * @param limit the number of rows after which it is enough; some more may be predicted
 * @param asTrained whether files are read as the training's were ({@link Predictor#reading}); else the options of
 *     {@code input} say it all, and its decimal separator and date format, if there are, come before those of the training
 */
public record BatchJob(
        Source input, BatchOutput output, List<String> keep, BatchOrder.Going going, long limit, boolean asTrained) {
    /** Every column is copied. */
    public static final String ALL = "all";

    public BatchJob {
        keep = List.copyOf(keep);
        if (keep.stream().distinct().count() < keep.size()) {
            throw new IllegalArgumentException("keep must name a column once. Received: " + String.join(",", keep));
        }
        Check.that(limit > 0, "limit must be at least 1", limit);
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
                Source.of(data), BatchOutput.file(out), List.of(), BatchOrder.Going.USUAL, BatchOrder.UNLIMITED, true);
    }

    /** The same with columns of the input copied. */
    public BatchJob keeping(String... columns) {
        return new BatchJob(input, output, List.of(columns), going, limit, asTrained);
    }
}
