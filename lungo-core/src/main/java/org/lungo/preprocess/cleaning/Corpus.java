package org.lungo.preprocess.cleaning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.DocumentReader;
import org.lungo.data.Documents;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.LineEnds;
import org.lungo.data.ReadOptions;
import org.lungo.data.Schema;
import org.lungo.data.Source;
import org.lungo.data.Suggestion;
import org.lungo.data.TableReader;

/**
 * Texts that are read one at a time: text files, or the rows of a table, of which one column holds the texts.
 *
 * @param options how the files are read
 * @param column of the texts of a table
 * @param unit what is a text of a text file
 */
public record Corpus(String location, ReadOptions options, String column, Unit unit) {
    private static final int ROWS_AT_ONCE = 256;
    private static final int MAX_CHARACTERS = 1 << 28;

    /** What counts as one text. */
    public enum Unit {
        /** The file. */
        DOCUMENT,
        /** The lines between empty ones. */
        PARAGRAPH,
        /** The line. */
        LINE;

        /** The name on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Text files, of which each is a text, or a table with the column {@code text}, in UTF-8. */
    public static Corpus of(String location) {
        return new Corpus(location, ReadOptions.DEFAULTS, "text", Unit.DOCUMENT);
    }

    /** Whether rows of a table are read: anything but files that are texts, and folders whose folders are labels. */
    public boolean isTable() {
        Source source = new Source(location, options);
        return !Documents.areTexts(location)
                || source.isFolder() && source.files().equals(List.of(source));
    }

    /**
     * Hands over each text, a table's with all columns of its row.
     *
     * @throws DataException when something cannot be read
     */
    void forEach(Consumer<Map<String, @Nullable String>> texts) {
        if (isTable()) {
            rows(texts);
            return;
        }
        StringBuilder open = new StringBuilder();
        try (DocumentReader reader = new Documents(List.of(location), options.encoding()).open()) {
            while (reader.hasNext()) {
                Documents.Piece piece = reader.next();
                if (unit == Unit.DOCUMENT) {
                    open.append(piece.text());
                    checkLength(open);
                } else {
                    LineEnds.split(piece.text()).forEach(line -> line(line, open, texts));
                }
                if (piece.last()) {
                    end(open, texts);
                }
            }
        }
    }

    private void line(String line, StringBuilder open, Consumer<Map<String, @Nullable String>> texts) {
        if (unit == Unit.PARAGRAPH && line.isBlank()) {
            end(open, texts);
            return;
        }
        open.append(open.isEmpty() ? "" : "\n").append(line);
        checkLength(open);
        if (unit == Unit.LINE) {
            end(open, texts);
        }
    }

    private void end(StringBuilder open, Consumer<Map<String, @Nullable String>> texts) {
        if (!open.isEmpty()) {
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            row.put(column, open.toString());
            texts.accept(row);
            open.setLength(0);
        }
    }

    private void checkLength(StringBuilder open) {
        if (open.length() > MAX_CHARACTERS) {
            throw new DataException(
                    "E301",
                    location + " holds a text of more than " + MAX_CHARACTERS + " characters; if its " + unit
                            + " is no text of its own, clean it --by line or --by paragraph");
        }
    }

    /** Other columns keep what stands for a missing value, unless the options name such texts. */
    private ReadOptions asWritten() {
        return options.missing().equals(ReadOptions.DEFAULTS.missing())
                ? new ReadOptions(
                        options.layout(),
                        options.encoding(),
                        List.of(),
                        options.query(),
                        options.dateFormat(),
                        options.decimal())
                : options;
    }

    private void rows(Consumer<Map<String, @Nullable String>> texts) {
        try (TableReader reader = new Source(location, asWritten()).open()) {
            List<String> names = reader.names();
            if (!names.contains(column)) {
                throw new DataException(
                        "E303",
                        "no column '" + column + "' in " + Source.withoutSecrets(location)
                                + Suggestion.sentence(column, names) + " Columns: " + String.join(", ", names)
                                + "; name the column of the texts with --column");
            }
            List<Field> fields = new ArrayList<>();
            names.forEach(name -> fields.add(new Field(name, Kind.TEXT)));
            reader.read(new Schema(fields), ROWS_AT_ONCE, table -> {
                for (int row = 0; row < table.rows(); row++) {
                    Map<String, @Nullable String> values = new LinkedHashMap<>();
                    for (String name : names) {
                        values.put(name, table.texts(name).values()[row]);
                    }
                    texts.accept(values);
                }
            });
        }
    }
}
