package org.lungo.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Asks the same of many columns. */
interface Looks {
    /** What is asked of a column: SQL for aggregates. */
    interface Question {
        /**
         * The aggregates.
         *
         * @param text the name of the column's cleaned text
         * @param number of what {@link Sql#number(String)} makes of it
         * @param own of the values that belong to this column alone
         */
        String of(String text, String number, List<String> own);
    }

    /** Reads the answer about a column, which begins at a place of a row. */
    interface Answer<T> {
        T read(String column, ResultSet row, int at) throws SQLException;
    }

    /**
     * The answers, in the order of {@code columns}.
     *
     * @param own for each column as many values, in SQL, as for every other
     * @param width the number of aggregates
     * @param rows the number of first rows that are asked about
     */
    <T> List<T> ask(
            List<String> columns, List<List<String>> own, Question question, int width, long rows, Answer<T> answer)
            throws SQLException;

    /** The same about all rows, without values of a column's own. */
    default <T> List<T> ask(List<String> columns, Question question, int width, Answer<T> answer) throws SQLException {
        return ask(
                columns,
                columns.stream().map(c -> List.<String>of()).toList(),
                question,
                width,
                Long.MAX_VALUE,
                answer);
    }

    /** For each column how many of the first {@code rows} rows fulfil each of the conditions on its text. */
    default List<List<Long>> counts(List<String> columns, List<Condition> conditions, long rows) throws SQLException {
        return ask(
                columns,
                columns.stream().map(c -> List.<String>of()).toList(),
                (text, number, own) -> String.join(
                        ", ",
                        conditions.stream()
                                .map(condition -> "count(*) FILTER (WHERE " + condition.of(text) + ")")
                                .toList()),
                conditions.size(),
                rows,
                (column, row, at) -> {
                    Long[] counts = new Long[conditions.size()];
                    for (int i = 0; i < counts.length; i++) {
                        counts[i] = row.getLong(at + i);
                    }
                    return List.of(counts);
                });
    }

    /** A condition on a text in SQL. */
    interface Condition {
        String of(String text);
    }
}
