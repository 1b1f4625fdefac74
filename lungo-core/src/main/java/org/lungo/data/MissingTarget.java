package org.lungo.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says which texts of a target column are read as missing: one of them may be the name of a class. */
final class MissingTarget {
    private MissingTarget() {}

    /**
     * Makes sure that every row of {@code relation} has a target.
     *
     * @param missing the texts that stand for a missing value
     * @throws DataException when one has none
     */
    static void require(Connection connection, String relation, String target, List<String> missing)
            throws SQLException {
        String query = "SELECT t, count(*), min(n) FROM (SELECT row_number() OVER () n, " + Sql.clean(target, missing)
                + " v, " + Sql.clean(target, List.of()) + " t FROM " + relation
                + ") WHERE v IS NULL GROUP BY t ORDER BY count(*) DESC, t";
        long rows = 0;
        long first = Long.MAX_VALUE;
        List<String> received = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet texts = statement.executeQuery(query)) {
            while (texts.next()) {
                String text = texts.getString(1);
                boolean named = text != null && !text.isEmpty();
                rows += texts.getLong(2);
                first = Math.min(first, texts.getLong(3));
                received.add(
                        String.format(Locale.ROOT, "%,d %s", texts.getLong(2), named ? "'" + text + "'" : "empty"));
                if (named) {
                    names.add("'" + text + "'");
                }
            }
        }
        if (rows > 0) {
            throw new DataException(
                    "E304",
                    "the target '" + target + "' must be known in every row. Received: " + rows
                            + " rows without it (" + String.join(", ", received) + "), the first is row " + first
                            + "; " + advice(names));
        }
    }

    private static String advice(List<String> names) {
        if (names.isEmpty()) {
            return "remove these rows";
        }
        boolean one = names.size() == 1;
        return "data.read.missing lists " + String.join(" and ", names) + " as missing: "
                + (one ? "if it is a class" : "if they are classes") + ", set data.read.missing without "
                + (one ? "it" : "them") + ", such as data.read.missing: ['']; else remove these rows";
    }
}
