package org.lungo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns of a relation, a few in a query. DuckDB plans a query in time that grows faster than its columns and with every
 * repetition of an expression; so each column is trimmed once, compared with the missing texts once, and named
 * {@linkplain #text once} for all that a query asks of it.
 *
 * @param relation DuckDB's SQL for the rows
 * @param missing the texts that stand for a missing value
 */
record ColumnGroups(String relation, List<String> missing) {
    /** The number of columns in a query; a table of more is copied, so that its groups do not each read the file. */
    static final int COLUMNS = 64;

    /** The columns {@code all} in groups, in order. */
    static <T> List<List<T>> of(List<T> all) {
        List<List<T>> groups = new ArrayList<>();
        for (int from = 0; from < all.size(); from += COLUMNS) {
            groups.add(all.subList(from, Math.min(all.size(), from + COLUMNS)));
        }
        return groups;
    }

    /** SQL for the rows of these columns: the cleaned text of each as {@link #text}. */
    String texts(List<String> columns) {
        String trimmed = IntStream.range(0, columns.size())
                .mapToObj(i -> Sql.trimmed(columns.get(i)) + " AS " + text(i))
                .collect(Collectors.joining(", "));
        String present = IntStream.range(0, columns.size())
                .mapToObj(i -> Sql.present(text(i), missing) + " AS " + text(i))
                .collect(Collectors.joining(", "));
        return "(SELECT " + present + " FROM (SELECT " + trimmed + " FROM " + relation + "))";
    }

    /** The same rows, also with what {@link Sql#number(String)} makes of each text as {@link #number}. */
    String numbers(List<String> columns) {
        String both = IntStream.range(0, columns.size())
                .mapToObj(i -> text(i) + ", " + Sql.number(text(i)) + " AS " + number(i))
                .collect(Collectors.joining(", "));
        return "(SELECT " + both + " FROM " + texts(columns) + ")";
    }

    /** The name of the text of the column at this place of a group. */
    static String text(int place) {
        return "text_" + place;
    }

    /** The name of the number of the column at this place of a group. */
    static String number(int place) {
        return "number_" + place;
    }

    /** SQL for the typed values of fields. */
    String values(List<Field> fields) {
        String values = IntStream.range(0, fields.size())
                .mapToObj(i -> Sql.value(fields.get(i), text(i)) + " AS value_" + i)
                .collect(Collectors.joining(", "));
        return "SELECT " + values + " FROM "
                + texts(fields.stream().map(Field::name).toList());
    }
}
