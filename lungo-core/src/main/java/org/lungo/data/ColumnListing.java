package org.lungo.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns of a table for a person who is to choose one that is predicted. */
public record ColumnListing(Profile profile) {
    private static final int MAX_LINES = 40;
    private static final int MAX_NAME = 30;
    private static final int MAX_EXAMPLE = 40;
    private static final int MAX_CLASSES = 20;

    /** Counts above are approximate. */
    private static final long EXACT = 32;

    /** What people call the column that they predict, in lower case. */
    private static final List<String> TARGETS =
            List.of("target", "label", "class", "y", "outcome", "churn", "survived", "species", "quality");

    /** A line a column: its name, its kind, the number of different values and examples. Wide tables are cut short. */
    public String toText() {
        List<ColumnProfile> columns = profile.columns();
        int width = columns.stream()
                .mapToInt(column -> Math.min(MAX_NAME, column.name().length()))
                .max()
                .orElse(1);
        String lines = columns.stream()
                .limit(MAX_LINES)
                .map(column -> String.format(
                        Locale.ROOT,
                        "  %-" + width + "s  %-8s  %s",
                        column.name(),
                        column.kind(),
                        column.present() == 0 ? "no value" : values(column)))
                .collect(Collectors.joining("\n"));
        return columns.size() <= MAX_LINES
                ? lines
                : lines + String.format(Locale.ROOT, "%n  ... and %,d more", columns.size() - MAX_LINES);
    }

    private static String values(ColumnProfile column) {
        long distinct = Math.min(column.distinct(), column.present());
        String count = String.format(
                Locale.ROOT, "%s%,d value%s", distinct > EXACT ? "about " : "", distinct, distinct == 1 ? "" : "s");
        if (column.kind() == Kind.NUMBER
                && column.range().min() < column.range().max()) {
            return count + " from " + text(column.range().min()) + " to "
                    + text(column.range().max());
        }
        String some = distinct <= column.examples().size() ? ": " : ", such as ";
        return count
                + some
                + column.examples().stream().map(ColumnListing::shortened).collect(Collectors.joining(", "));
    }

    private static String text(double value) {
        return new NumberColumn("", new double[] {value}).text(0);
    }

    private static String shortened(String value) {
        String line = value.replaceAll("\\s+", " ");
        return line.length() > MAX_EXAMPLE ? line.substring(0, MAX_EXAMPLE) + "..." : line;
    }

    /** The column that is most likely meant: one with a usual name, else the last that looks like classes, else the last number. */
    public String likelyTarget() {
        List<ColumnProfile> columns = new ArrayList<>(profile.columns());
        java.util.Collections.reverse(columns);
        Optional<ColumnProfile> named =
                columns.stream().filter(column -> place(column) >= 0).min(Comparator.comparing(ColumnListing::place));
        return named.or(() ->
                        columns.stream().filter(ColumnListing::looksLikeClasses).findFirst())
                .or(() -> columns.stream()
                        .filter(column -> column.kind() == Kind.NUMBER)
                        .findFirst())
                .orElse(columns.get(0))
                .name();
    }

    private static boolean looksLikeClasses(ColumnProfile column) {
        return column.distinct() == 2
                || column.kind() == Kind.CATEGORY && column.distinct() > 2 && column.distinct() <= MAX_CLASSES;
    }

    private static int place(ColumnProfile column) {
        return TARGETS.indexOf(column.name().toLowerCase(Locale.ROOT));
    }
}
