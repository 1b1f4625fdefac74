package org.lungo.deploy.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DatabaseTable;

/**
 * Where answers go: a file that ends in {@code .csv}, {@code .csv.gz} or {@code .parquet}, or a table of a database.
 *
 * @param location the file, or a {@code jdbc:} address
 * @param table of the database; null for a file
 * @param append whether a table that holds rows already is added to
 * @param folder where the job of a table keeps its files; the job of a file keeps them next to the file
 */
public record BatchOutput(String location, @Nullable String table, boolean append, Path folder) {
    private static final String PARTS = ".parts";

    public BatchOutput {
        if (location.startsWith("jdbc:")) {
            if (table == null) {
                throw new IllegalArgumentException("a jdbc: output needs --table NAME");
            }
            DatabaseTable.checkName(table);
        } else if (table != null || append) {
            throw new IllegalArgumentException(
                    (table == null ? "--append" : "--table") + " needs a jdbc: output. Received: " + location);
        } else if (!location.matches("(?i).*\\.(csv|csv\\.gz|parquet)")) {
            throw new IllegalArgumentException(
                    "the output must end in .csv, .csv.gz or .parquet, or be a jdbc: address with --table. Received: "
                            + location);
        } else if (Files.isDirectory(Path.of(location))) {
            throw new IllegalArgumentException("the output must be a file. Received: the folder " + location);
        }
    }

    /** A file. */
    public static BatchOutput file(Path file) {
        return new BatchOutput(file.toString(), null, false, Path.of(""));
    }

    /** Whether it is a table of a database. */
    public boolean isDatabase() {
        return table != null;
    }

    /** The file, or for a table the place of a file of its name, next to which the job keeps its own. */
    public Path file() {
        return table == null ? Path.of(location) : folder.resolve(table);
    }

    /** Where the rows that cannot be used are listed: {@code predictions.csv.errors.csv}. */
    public Path errors() {
        return sibling(".errors.csv");
    }

    /** Where the job keeps what it has done until it is complete: {@code predictions.csv.parts}. */
    public Path parts() {
        return sibling(PARTS);
    }

    /**
     * Whether a job that writes to {@code order} has begun and can be continued. Jobs that write texts keep nothing that
     * they could continue from.
     */
    public static boolean isBegun(BatchOrder order) {
        String table = order.rows().table();
        return Files.isDirectory(Path.of((table == null ? order.output() : table) + PARTS));
    }

    private Path sibling(String ending) {
        return file().resolveSibling(file().getFileName() + ending);
    }
}
