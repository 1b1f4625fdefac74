package org.lungo.data;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the header of a CSV file: lines that start with {@code #} are skipped, a title is refused, for it would
 * be taken for the header.
 */
record Preamble(Csv csv, TextStart start) {
    private static final int LOOKED_AT = 100;
    private static final int LONGEST_SHOWN = 60;

    /** How many lines at the start are comments or blank; 0 when there is no comment. */
    static int comments(TextStart start) {
        List<String> lines = start.lines();
        int after = 0;
        boolean comment = false;
        while (after < lines.size()
                && (lines.get(after).isBlank() || lines.get(after).startsWith("#"))) {
            comment |= lines.get(after++).startsWith("#");
        }
        return comment ? after : 0;
    }

    /**
     * Whether the last comment is the header: it has as many values as the first of the rows below, which have no header of
     * their own.
     *
     * @throws DataException when both it and the line below could be
     */
    boolean endsWithHeader() {
        Boolean given = csv.source().options().layout().header();
        List<List<String>> records = records(csv.skip() - 1);
        boolean alike = start.lines().get(csv.skip() - 1).startsWith("#")
                && records.size() > 1
                && records.get(0).size() > 1
                && records.get(0).size() == records.get(1).size();
        if (!alike || Boolean.FALSE.equals(given)) {
            return false;
        }
        boolean headerBelow = records.size() > 2 && !numbers(records.get(1)).equals(numbers(records.get(2)));
        if (csv.header() && !headerBelow) {
            throw new DataException(
                    "E302",
                    csv.source().location() + ":" + csv.skip()
                            + ": this line starts with # and has as many values as those below. Set data.read.skip: "
                            + csv.skip() + " if it is a comment, or data.read.skip: " + (csv.skip() - 1)
                            + " if it holds the names of the columns");
        }
        return !csv.header();
    }

    /** Which of the values are numbers. */
    private static List<Boolean> numbers(List<String> record) {
        return record.stream()
                .map(value -> value.strip().matches("[+-]?[0-9.,]+"))
                .toList();
    }

    /**
     * Makes sure that the first line is no title.
     *
     * @throws DataException when it has fewer values than the lines below, or only one
     */
    void refuseTitle() {
        List<List<String>> records = records(csv.skip());
        if (records.size() < 2) {
            return;
        }
        Map<Integer, Integer> widths = new HashMap<>();
        records.forEach(record -> widths.merge(record.size(), 1, Integer::sum));
        int largest = Collections.max(widths.values());
        int width = widths.entrySet().stream()
                .filter(entry -> entry.getValue() == largest)
                .map(Map.Entry::getKey)
                .max(Integer::compare)
                .orElse(0);
        List<String> first = records.get(0);
        if (first.size() < width || width > 2 && csv.header() && values(first) == 1 && values(records.get(1)) > 0) {
            String text = String.join(csv.delimiter(), first);
            throw new DataException(
                    "E302",
                    csv.source().location() + ":" + (csv.skip() + 1) + ": expected " + width
                            + " values, as in the lines below. Received: "
                            + (first.size() < width ? first.size() : 1) + " ("
                            + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text)
                            + "); if this is a title, set data.read.skip: " + titles(width)
                            + ", if another character separates the values, data.read.delimiter");
        }
    }

    /** How many lines stand before the first one with {@code width} values, two of which are not empty. */
    private int titles(int width) {
        List<String> lines = start.lines();
        for (int i = csv.skip() + 1; i < lines.size(); i++) {
            List<List<String>> next =
                    lines.get(i).isBlank() ? List.of() : start.records(i, csv.delimiter(), csv.quote(), 1);
            if (!next.isEmpty() && next.get(0).size() == width && values(next.get(0)) > 1) {
                return i;
            }
        }
        return csv.skip() + 1;
    }

    private static long values(List<String> record) {
        return record.stream().filter(value -> !value.isBlank()).count();
    }

    private List<List<String>> records(int skip) {
        return start.records(skip, csv.delimiter(), csv.quote(), LOOKED_AT);
    }
}
