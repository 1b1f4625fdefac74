package org.lungo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for what spoils a model: columns that say nothing, columns that say the answer, rows that occur twice. */
public final class DataReport {
    private DataReport() {}

    /** Columns that cannot help: constants, identifiers, lists, and columns that are nearly numbers. */
    public static List<Finding> columns(Profile profile, Schema schema, List<String> targets) {
        List<Finding> findings = new ArrayList<>();
        for (ColumnProfile column : profile.columns()) {
            Kind kind = schema.kind(column.name());
            if (targets.contains(column.name()) || kind == Kind.IGNORE) {
                continue;
            }
            if (column.present() == 0 || column.distinct() <= 1 && column.present() == profile.rows()) {
                findings.add(new Finding(
                        Finding.Kind.CONSTANT, column.name(), "'" + column.name() + "' is the same in every row"));
            } else if (isIdentifier(column, kind, profile.rows())) {
                findings.add(new Finding(
                        Finding.Kind.IDENTIFIER,
                        column.name(),
                        "'" + column.name() + "' identifies rows and cannot help to predict new ones"));
            } else if (kind == Kind.TEXT && profile.finding(Finding.Kind.NESTED, column.name()) != null) {
                findings.add(profile.finding(Finding.Kind.NESTED, column.name()));
            } else if (kind == Kind.CATEGORY && column.mixed()) {
                findings.add(new Finding(
                        Finding.Kind.MIXED,
                        column.name(),
                        "'" + column.name() + "' holds numbers in " + column.numbers() + " of " + column.present()
                                + " rows and text in the others; it is read as a category. If the text stands for a"
                                + " missing value, add it to data.read.missing"));
            }
        }
        return findings;
    }

    /** Columns of text, for a model that reads none. */
    public static List<Finding> texts(Schema schema, List<String> targets) {
        return schema.fields().stream()
                .filter(field -> field.kind() == Kind.TEXT && !targets.contains(field.name()))
                .map(field -> new Finding(
                        Finding.Kind.TEXT,
                        field.name(),
                        "'" + field.name() + "' is text, which model.type: mlp does not read; leave model.type out"))
                .toList();
    }

    /** Dates whose form is not clear, and numbers far from all others; all of these values stay as they are. */
    public static List<Finding> values(Profile profile, Schema schema) {
        List<Finding> findings = new ArrayList<>();
        profile.findings().stream()
                .filter(f -> f.kind() == Finding.Kind.RENAMED
                        || f.kind() == Finding.Kind.PRECISION && schema.kind(f.column()) == Kind.NUMBER)
                .forEach(findings::add);
        findings.addAll(inOtherCase(profile.names()));
        profile.columns().stream()
                .map(column -> form(column, profile, schema.kind(column.name())))
                .filter(finding -> finding != null)
                .forEach(findings::add);
        for (Field field : schema.fields()) {
            List<String> formats = profile.dates().getOrDefault(field.name(), List.of());
            if (field.kind() == Kind.CATEGORY && formats.size() > 1) {
                findings.add(new Finding(
                        Finding.Kind.DATES,
                        field.name(),
                        "'" + field.name() + "' holds dates that could be " + String.join(" or ", formats)
                                + "; it is read as a category. Name the format with data.read.date_format"));
            }
            Outliers outliers = profile.outliers().get(field.name());
            if (field.kind() == Kind.NUMBER && outliers != null) {
                findings.add(new Finding(
                        Finding.Kind.OUTLIERS,
                        field.name(),
                        String.format(
                                Locale.ROOT,
                                "'%s' holds %,d value%s far from the others, such as %s; half of its values lie between %s"
                                        + " and %s. %s kept",
                                field.name(),
                                outliers.count(),
                                outliers.count() == 1 ? "" : "s",
                                text(outliers.example()),
                                text(outliers.lower()),
                                text(outliers.upper()),
                                outliers.count() == 1 ? "It is" : "They are")));
            }
        }
        return findings;
    }

    /** Columns whose names only the case of letters tells apart. */
    private static List<Finding> inOtherCase(List<String> names) {
        Map<String, String> seen = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (String name : names) {
            String first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (first != null) {
                findings.add(new Finding(
                        Finding.Kind.CASE,
                        name,
                        "'" + first + "' and '" + name
                                + "' are two columns: names are exact, in configs and requests too"));
            }
        }
        return findings;
    }

    /** What the form of a column's numbers makes of them. */
    private static @Nullable Finding form(ColumnProfile column, Profile profile, @Nullable Kind kind) {
        List<String> separators = profile.decimals().getOrDefault(column.name(), List.of());
        String name = "'" + column.name() + "' holds ";
        String examples = ", such as " + String.join(" and ", column.examples());
        if (kind == Kind.CATEGORY && column.codes() && separators.isEmpty()) {
            return new Finding(
                    Finding.Kind.CODES,
                    column.name(),
                    name + "numbers with leading zeros" + examples
                            + "; it is read as a category. If they are quantities," + " declare it with features."
                            + column.name() + ": number");
        }
        if (separators.size() > 1 && kind == Kind.CATEGORY) {
            return new Finding(
                    Finding.Kind.DECIMALS,
                    column.name(),
                    name + "numbers with a decimal comma or with commas between thousands" + examples
                            + "; it is read as a category. Name the separator with data.read.decimal: \",\" or \".\"");
        }
        if (separators.isEmpty() || kind != Kind.NUMBER && kind != Kind.CATEGORY) {
            return null;
        }
        NumberForm form = NumberForm.of(separators.get(0));
        return new Finding(
                Finding.Kind.DECIMALS,
                column.name(),
                kind == Kind.NUMBER
                        ? name + "numbers in " + form.described() + ": " + readings(column, form)
                                + ". data.read.decimal sets the separator for all columns, features." + column.name()
                                + ": category keeps the texts"
                        : name + "mostly numbers in " + form.described() + examples
                                + "; it is read as a category. If other texts stand"
                                + " for a missing value, add them to data.read.missing");
    }

    /** What is read from the examples. */
    private static String readings(ColumnProfile column, NumberForm form) {
        return column.examples().stream()
                .map(example -> "'" + example + "' is read as " + text(form.parse(example)))
                .collect(Collectors.joining(", "));
    }

    private static String text(double value) {
        return new NumberColumn("", new double[] {value}).text(0);
    }

    private static boolean isIdentifier(ColumnProfile column, @Nullable Kind kind, long rows) {
        boolean unique = column.distinct() >= 0.95 * rows;
        String name = column.name().toLowerCase(Locale.ROOT);
        boolean named = name.equals("id") || name.endsWith("_id") || name.equals("uuid") || name.equals("index");
        boolean counter = column.range().max() - column.range().min() == rows - 1 && rows > 2;
        return unique && (kind == Kind.CATEGORY || kind == Kind.NUMBER && (named || counter));
    }

    /** Columns that seem to contain the target: in production they will not be known, or the model is not needed. */
    public static List<Finding> leakage(Table table, String target) {
        return Leakage.suspects(table, target).stream()
                .map(name -> new Finding(
                        Finding.Kind.LEAKAGE,
                        name,
                        "'" + name + "' seems to contain the target '" + target
                                + "'; if it is not known when the model is used, leave it out with features."
                                + name + ": ignore"))
                .toList();
    }

    /** Rows that occur twice in {@code train}, and rows that {@code test} shares with it. Rows are compared by a hash. */
    public static List<Finding> duplicates(Rows train, Table test) {
        List<Finding> findings = new ArrayList<>();
        long[] seen = hashes(train, test.names());
        Arrays.sort(seen);
        int twice = 0;
        for (int i = 1; i < seen.length; i++) {
            twice += seen[i] == seen[i - 1] ? 1 : 0;
        }
        int shared = 0;
        for (long hash : hashes(test, test.names())) {
            shared += Arrays.binarySearch(seen, hash) >= 0 ? 1 : 0;
        }
        if (twice > 0) {
            findings.add(new Finding(
                    Finding.Kind.DUPLICATES,
                    "",
                    (twice == 1 ? "1 training row occurs" : twice + " training rows occur") + " more than once"));
        }
        if (shared > 0) {
            findings.add(new Finding(
                    Finding.Kind.DUPLICATES,
                    "",
                    shared + " test rows are also training rows; they make the test result too good"));
        }
        return findings;
    }

    /** Of every row in which all numbers are exact; rows that rounding may have made equal are not compared. */
    private static long[] hashes(Rows rows, List<String> columns) {
        long[] hashes = new long[rows.rows()];
        int[] filled = {0};
        rows.forEachChunk(chunk -> {
            int start = filled[0];
            for (String name : columns) {
                chunk.column(name).hash(hashes, start);
            }
            List<NumberColumn> numbers = chunk.columns().stream()
                    .filter(column -> columns.contains(column.name()) && column instanceof NumberColumn)
                    .map(NumberColumn.class::cast)
                    .toList();
            for (int i = 0; i < chunk.rows(); i++) {
                int row = i;
                if (numbers.stream().noneMatch(column -> Math.abs(column.values()[row]) >= NumberColumn.EXACT)) {
                    hashes[filled[0]++] = hashes[start + row];
                }
            }
            Arrays.fill(hashes, filled[0], start + chunk.rows(), 0);
        });
        return Arrays.copyOf(hashes, filled[0]);
    }
}
