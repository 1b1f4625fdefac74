package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.ColumnChoice;
import org.lungo.data.DataException;
import org.lungo.data.Field;
import org.lungo.data.Finding;
import org.lungo.data.Kind;
import org.lungo.data.Profile;
import org.lungo.data.Rows;
import org.lungo.data.Schema;
import org.lungo.data.Splits;
import org.lungo.data.Suggestion;

/**
 * The column that {@code data.split.column} names. It is read whether or not the model is given it: groups are not, as
 * new rows come from other groups, unless the config declares the column; times are.
 *
 * @param declared what the config says about the column
 */
record SplitColumn(String name, Splits.Type type, ColumnChoice declared) {
    /** The column; null when rows are dealt without one. */
    static @Nullable SplitColumn of(TableConfig config) {
        String name = config.data().split().column();
        Splits.Type type = config.data().split().type();
        return name == null || type == null
                ? null
                : new SplitColumn(name, type, config.features().getOrDefault(name, ColumnChoice.FOUND));
    }

    /**
     * Refuses a column that the data does not have.
     *
     * @throws IllegalArgumentException naming the nearest that it has
     */
    void requireIn(List<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("data.split.column must be a column of the data. Received: '" + name
                    + "'" + Suggestion.sentence(name, names) + " Columns: " + String.join(", ", names));
        }
    }

    /** What a person should know about the column as a feature; groups are left out by it. */
    List<Finding> findings(Schema schema, List<String> targets) {
        Kind kind = schema.kind(name);
        List<Finding> findings = new ArrayList<>();
        if (kind == Kind.IGNORE || declared.type() != null || targets.contains(name)) {
            return findings;
        }
        if (type == Splits.Type.GROUPED) {
            findings.add(new Finding(
                    Finding.Kind.IDENTIFIER,
                    name,
                    "'" + name + "' holds the groups of the split and is left out, as new rows come from other groups;"
                            + " features." + name + ": " + kind + " keeps it"));
        } else if (type == Splits.Type.TIME) {
            String order = isOrdered(kind) ? "" : ", in the order of its letters,";
            findings.add(new Finding(
                    Finding.Kind.DATES,
                    name,
                    "'" + name + "' orders the rows of the split" + order + " and is a feature too; features." + name
                            + ": ignore leaves it out"));
        }
        return findings;
    }

    /** {@code schema} with the column, which may be ignored there: times as what they are, groups as they are written. */
    Schema reading(Schema schema, Profile profile, Map<String, ColumnChoice> features) {
        Map<String, ColumnChoice> others = new HashMap<>(features);
        others.remove(name);
        Field found = profile.schema(others).fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow();
        boolean ordered = type == Splits.Type.TIME && isOrdered(found.kind());
        return new Schema(schema.fields().stream()
                .map(field -> field.kind() != Kind.IGNORE || !field.name().equals(name)
                        ? field
                        : ordered ? found : new Field(name, Kind.CATEGORY))
                .toList());
    }

    private static boolean isOrdered(@Nullable Kind kind) {
        return kind == Kind.DATE || kind == Kind.NUMBER;
    }

    /**
     * Refuses rows that have no place in time.
     *
     * @throws DataException with the number of the first one
     */
    void requireTimes(Rows rows) {
        if (type != Splits.Type.TIME) {
            return;
        }
        Column times = rows.column(name);
        for (int row = 0; row < times.rows(); row++) {
            if (times.missing(row)) {
                throw new DataException(
                        "E311",
                        "every row must have a value in '" + name + "' to be ordered by. Received: none in row "
                                + (row + 1) + "; fill it in or remove the row");
            }
        }
    }
}
