package org.lungo.family.labelling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.lungo.data.DataException;
import org.lungo.data.TextLines;

/**
 * A file in columns as in CoNLL's shared tasks: a token per line, its label in the last column, an empty line between
 * sentences. Columns are divided by tabs when the first token's line has one, else by white space. A line that begins with
 * {@code -DOCSTART-} is passed over, and so is one that begins with {@code #} at the beginning of a sentence, unless it has
 * as many columns as the others: a token may be {@code #}.
 *
 * @param file the name, for messages
 * @param separator between columns
 * @param columns how many there are
 */
public record Conll(String file, List<String> lines, Pattern separator, int columns) {
    private static final Pattern TAB = Pattern.compile("\t");
    private static final Pattern SPACE = Pattern.compile("[ \t]+");
    private static final String DOCUMENT = "-DOCSTART-";

    /**
     * A sentence and the lines that belong to it.
     *
     * @param first the number of the line of its first token, from 1
     * @param rows the columns of each token
     */
    public record Block(int first, List<List<String>> rows) {
        /** The tokens: the first column. */
        public List<String> tokens() {
            return rows.stream().map(row -> row.get(0)).toList();
        }

        /** The last column. */
        List<String> labels() {
            return rows.stream().map(row -> row.get(row.size() - 1)).toList();
        }
    }

    /**
     * A file as it is; what is wrong with it is said by {@link #blocks}.
     *
     * @throws DataException when it holds no token, or cannot be read
     */
    public static Conll read(String file, String encoding) {
        return of(file, TextLines.of(file, encoding));
    }

    static Conll of(String file, List<String> lines) {
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith(DOCUMENT) && !line.startsWith("# ")) {
                Pattern separator = line.contains("\t") ? TAB : SPACE;
                return new Conll(file, lines, separator, cells(line, separator).size());
            }
        }
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith(DOCUMENT)) { // all sentences are the token #
                return new Conll(file, lines, SPACE, 2);
            }
        }
        throw new DataException("E301", file + " holds no token");
    }

    /** What stands between columns that are added. */
    public String between() {
        return separator == TAB ? "\t" : " ";
    }

    private static List<String> cells(String line, Pattern separator) {
        return Arrays.asList(separator.split(line.stripTrailing(), -1));
    }

    /**
     * The sentences.
     *
     * @throws DataException at the first line whose columns are not as many as those of the first
     */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        int first = 0;
        for (int i = 0; i <= lines.size(); i++) {
            boolean token = i < lines.size() && isToken(i, rows.isEmpty());
            if (token) {
                first = rows.isEmpty() ? i + 1 : first;
                rows.add(row(i));
            } else if (!rows.isEmpty()) {
                blocks.add(new Block(first, List.copyOf(rows)));
                rows.clear();
            }
        }
        return blocks;
    }

    private boolean isToken(int place, boolean beginning) {
        String line = lines.get(place);
        boolean comment =
                beginning && line.startsWith("#") && cells(line, separator).size() != columns;
        return !line.isBlank() && !line.startsWith(DOCUMENT) && !comment;
    }

    private List<String> row(int place) {
        List<String> cells = cells(lines.get(place), separator);
        if (cells.size() != columns) {
            throw new DataException(
                    "E302",
                    file + ":" + (place + 1) + ": expected " + columns
                            + " columns, as in the lines before it. Received: " + cells.size() + " in '"
                            + shown(lines.get(place)) + "'");
        }
        if (cells.get(0).isBlank() || cells.get(columns - 1).isBlank()) {
            throw new DataException(
                    "E302",
                    file + ":" + (place + 1) + ": expected a token in the first column and a label in the last."
                            + " Received: '" + shown(lines.get(place)) + "'");
        }
        return cells;
    }

    static String shown(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }

    /** Refuses a file that has only tokens. */
    void requireLabels(int first) {
        if (columns < 2) {
            throw new DataException(
                    "E302",
                    file + ":" + first + ": expected a token and its label, divided by white space. Received: one"
                            + " column; each line must end with a label");
        }
    }
}
