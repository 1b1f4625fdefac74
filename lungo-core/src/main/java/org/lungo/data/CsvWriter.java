package org.lungo.data;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;

/**
 * Writes tables as CSV: commas, quotes where they are needed, nothing for a missing value. A number is written in its shortest
 * form that is read back as the same number, the same on every JDK.
 */
public final class CsvWriter {
    private static final double LARGEST_WHOLE = 1e15;
    private final Appendable out;

    public CsvWriter(Appendable out) {
        this.out = out;
    }

    /** A line of texts; null is a missing one. */
    public void line(List<@Nullable String> texts) throws IOException {
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            String text = texts.get(i);
            if (text != null) {
                text(text);
            }
        }
        out.append('\n');
    }

    /** The rows of {@code table}, without its names. */
    public void rows(Table table) throws IOException {
        Column[] columns = table.columns().toArray(Column[]::new);
        for (int row = 0; row < table.rows(); row++) {
            for (int i = 0; i < columns.length; i++) {
                if (i > 0) {
                    out.append(',');
                }
                if (columns[i].missing(row)) {
                    continue;
                }
                if (columns[i] instanceof NumberColumn numbers) {
                    number(numbers.values()[row]);
                } else {
                    text(columns[i].text(row));
                }
            }
            out.append('\n');
        }
    }

    private void number(double value) throws IOException {
        boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
        out.append(whole ? Long.toString((long) value) : NumberOutput.toString(value, true));
    }

    private void text(String text) throws IOException {
        if (isPlain(text)) {
            out.append(text);
        } else {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return false;
            }
        }
        return !text.isEmpty() && text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ';
    }
}
