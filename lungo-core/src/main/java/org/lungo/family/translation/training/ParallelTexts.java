package org.lungo.family.translation.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.LineReader;
import org.lungo.data.ReadOptions;
import org.lungo.data.Schema;
import org.lungo.data.Source;
import org.lungo.data.Suggestion;
import org.lungo.data.TableReader;
import org.lungo.data.TextColumn;

/**
 * Texts with their translations: two files whose lines belong together, or two columns of a table.
 *
 * <pre>{@code
 * new ParallelTexts("train.de.gz", null, "train.en.gz", "utf-8").forEach(pair -> count++);
 * new ParallelTexts("pairs.tsv", "german", "english", "utf-8").forEach(pair -> count++);
 * }</pre>
 *
 * @param path the file of the texts, or the table (CSV, TSV, JSON lines, Parquet); text files also with {@code .gz}
 * @param from the column of the texts; null for files of lines
 * @param to the file of the translations; of a table their column
 * @param encoding of the files, such as {@code utf-8}
 */
public record ParallelTexts(String path, @Nullable String from, String to, String encoding) {
    private static final int CHUNK = 1 << 14;

    /**
     * A text and its translation.
     *
     * @param number of the line or row, from 1
     */
    public record Pair(long number, String source, String target) {
        /** Whether one of them, or both, say nothing. */
        public boolean isBlank() {
            return source.isBlank() || target.isBlank();
        }
    }

    /** What is read, in words. */
    public String title() {
        return from == null ? path + " and " + to : path + " (" + from + " and " + to + ")";
    }

    /** The SHA-256 of the file; of two files that of each, one after the other. */
    public String fingerprint() {
        String texts = Source.of(path).fingerprint();
        return from != null ? texts : texts + " " + Source.of(to).fingerprint();
    }

    /**
     * Reads all pairs in order, blank ones too.
     *
     * @throws DataException when a file cannot be read, a column is missing, or one file has more lines than the other
     */
    public void forEach(Consumer<Pair> pairs) {
        if (from == null) {
            lines(pairs);
        } else {
            rows(from, pairs);
        }
    }

    /** All pairs in order, in memory. */
    public List<Pair> read() {
        List<Pair> all = new ArrayList<>();
        forEach(all::add);
        return all;
    }

    private void lines(Consumer<Pair> pairs) {
        long number = 0;
        try (LineReader sources = LineReader.open(path, encoding);
                LineReader targets = LineReader.open(to, encoding)) {
            while (sources.hasNext() && targets.hasNext()) {
                pairs.accept(new Pair(++number, sources.next(), targets.next()));
            }
            long first = sources.countAll();
            long second = targets.countAll();
            if (first != second) {
                throw new DataException(
                        "E314",
                        path + " and " + to + " must have the same number of lines: each line the translation of the"
                                + " other's. Received: " + first + " and " + second + " lines");
            }
        }
    }

    private void rows(String column, Consumer<Pair> pairs) {
        Source source = new Source(path, new ReadOptions(null, null, encoding, List.of(""), null));
        try (TableReader reader = source.open()) {
            for (String name : List.of(column, to)) {
                if (!reader.names().contains(name)) {
                    throw new DataException(
                            "E309",
                            path + " has no column '" + name + "'; it has " + String.join(", ", reader.names())
                                    + Suggestion.sentence(name, reader.names()));
                }
            }
            Schema schema = new Schema(List.of(new Field(column, Kind.TEXT), new Field(to, Kind.TEXT)));
            long[] number = {0};
            reader.read(schema, CHUNK, table -> {
                TextColumn sources = table.texts(column);
                TextColumn targets = table.texts(to);
                for (int row = 0; row < table.rows(); row++) {
                    pairs.accept(new Pair(++number[0], text(sources, row), text(targets, row)));
                }
            });
        }
    }

    private static String text(TextColumn column, int row) {
        return column.missing(row) ? "" : column.text(row);
    }
}
