package org.lungo.cli;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A table as lines of text, numbers to the right. Where it would be wider than a terminal, columns behind the first are left
 * out: the last ones hold the answers.
 *
 * @param names of the columns
 * @param rows of as many cells
 */
record TextTable(List<String> names, List<List<String>> rows) {
    private static final int WIDTH = 118;
    private static final int CELL = 40;
    private static final int GAP = 2;
    private static final String CUT = "\u2026";
    private static final Set<UnicodeScript> WIDE =
            Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    /** A table of what each row has, by name. */
    static TextTable of(List<Map<String, String>> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.keySet()));
        return new TextTable(
                List.copyOf(names),
                rows.stream()
                        .map(row -> names.stream()
                                .map(name -> cell(row.getOrDefault(name, "")))
                                .toList())
                        .toList());
    }

    /** The lines, each with its end. */
    @Override
    public String toString() {
        List<List<String>> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(column(i));
        }
        List<List<String>> shown = fitting(columns);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line <= rows.size(); line++) {
            StringBuilder cells = new StringBuilder();
            for (List<String> column : shown) {
                cells.append(column.get(line)).append(" ".repeat(GAP));
            }
            text.append(cells.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    /** The name and the cells of a column, all of one width. */
    private List<String> column(int index) {
        List<String> cells = new ArrayList<>(List.of(cut(names.get(index))));
        rows.forEach(row -> cells.add(row.get(index)));
        boolean right = cells.stream().skip(1).allMatch(cell -> cell.isEmpty() || isNumber(cell));
        int width = cells.stream().mapToInt(TextTable::width).max().orElse(0);
        return cells.stream()
                .map(cell -> {
                    String blanks = " ".repeat(width - width(cell));
                    return right ? blanks + cell : cell + blanks;
                })
                .toList();
    }

    private List<List<String>> fitting(List<List<String>> columns) {
        List<List<String>> shown = new ArrayList<>(columns);
        boolean left = false;
        while (shown.size() > 2 && total(shown) > WIDTH) {
            shown.remove(1);
            left = true;
        }
        if (left) {
            List<String> dots = new ArrayList<>();
            columns.get(0).forEach(cell -> dots.add(CUT));
            shown.add(1, dots);
        }
        return shown;
    }

    private static int total(List<List<String>> columns) {
        return columns.stream().mapToInt(column -> width(column.get(0)) + GAP).sum();
    }

    /** A value on one line, numbers with four digits, long texts cut. */
    private static String cell(String value) {
        if (value.matches("-?\\d+\\.\\d{5,}(E-?\\d+)?")) {
            return String.format(Locale.ROOT, "%.4g", Double.parseDouble(value));
        }
        return cut(value.replaceAll("\\s+", " "));
    }

    private static String cut(String text) {
        if (width(text) <= CELL) {
            return text;
        }
        int end = 0;
        while (width(text.substring(0, text.offsetByCodePoints(end, 1))) < CELL) {
            end = text.offsetByCodePoints(end, 1);
        }
        return text.substring(0, end) + CUT;
    }

    private static boolean isNumber(String cell) {
        return cell.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    }

    /** How many columns of a terminal the text takes. */
    private static int width(String text) {
        return text.codePoints()
                .map(point -> WIDE.contains(UnicodeScript.of(point)) || point >= 0xFF01 && point <= 0xFF60 ? 2 : 1)
                .sum();
    }
}
