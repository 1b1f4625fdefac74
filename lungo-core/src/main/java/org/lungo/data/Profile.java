package org.lungo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What looking at a source found: the number of rows and the content of each column.
 *
 * @param dates for columns that hold dates in another form than ISO 8601 the forms that they can be read in, best first
 * @param decimals for columns of text that hold numbers the {@linkplain NumberForm#format forms} that they can be read in
 * @param outliers by column
 * @param findings what else a person should know about columns
 */
public record Profile(
        long rows,
        List<ColumnProfile> columns,
        Map<String, List<String>> dates,
        Map<String, List<String>> decimals,
        Map<String, Outliers> outliers,
        List<Finding> findings) {
    public Profile {
        columns = List.copyOf(columns);
        dates = Map.copyOf(dates);
        decimals = Map.copyOf(decimals);
        outliers = Map.copyOf(outliers);
        findings = List.copyOf(findings);
    }

    /** A profile of what one pass found. */
    Profile(long rows, List<ColumnProfile> columns) {
        this(rows, columns, Map.of(), Map.of(), Map.of(), List.of());
    }

    /** The names of the columns. */
    public List<String> names() {
        return columns.stream().map(ColumnProfile::name).toList();
    }

    /** The finding of this kind about a column, or null. */
    @Nullable
    Finding finding(Finding.Kind kind, String column) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind && finding.column().equals(column))
                .findFirst()
                .orElse(null);
    }

    /**
     * The kinds and forms that were found, except where {@code declared} says otherwise.
     *
     * @throws IllegalArgumentException when a declared column does not exist
     */
    public Schema schema(Map<String, ColumnChoice> declared) {
        for (String name : declared.keySet()) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("no column '" + name + "'" + Suggestion.sentence(name, names())
                        + " Columns: " + String.join(", ", names()));
            }
        }
        List<Field> fields = new ArrayList<>();
        for (ColumnProfile column : columns) {
            ColumnChoice choice = declared.getOrDefault(column.name(), ColumnChoice.FOUND);
            Kind kind = choice.type() == null ? column.kind() : choice.type();
            String format = choice.format();
            if (format == null) {
                format = kind == Kind.DATE ? date(column.name()) : kind == Kind.NUMBER ? decimal(column.name()) : null;
            }
            fields.add(new Field(column.name(), kind, format));
        }
        return new Schema(fields);
    }

    /** The form of the column's dates, or null for ISO 8601. */
    private @Nullable String date(String column) {
        List<String> formats = dates.getOrDefault(column, List.of());
        if (formats.size() > 1) {
            throw new DataException(
                    "E306",
                    "the dates of '" + column + "' must have one form. Received: values that could be "
                            + String.join(" or ", formats) + "; say which with data.read.date_format: [\""
                            + formats.get(0) + "\"]");
        }
        return formats.isEmpty() ? null : formats.get(0);
    }

    /** The decimal separator of the column's numbers, or null for the form of programming languages. */
    private @Nullable String decimal(String column) {
        List<String> separators = decimals.getOrDefault(column, List.of());
        if (separators.size() > 1) {
            throw new DataException(
                    "E306",
                    "the numbers of '" + column
                            + "' must have one form. Received: values such as 1,234 that could be with a"
                            + " decimal comma or with commas between thousands; say which with data.read.decimal: \",\" or"
                            + " data.read.decimal: \".\"");
        }
        return separators.isEmpty() ? null : separators.get(0);
    }
}
