package org.lungo.data;

import java.util.Locale;
import java.util.regex.Pattern;
import org.lungo.tensor.Check;

/**
 * A simple check that a query only reads, before any database sees it: one statement, which starts with SELECT, WITH, VALUES
 * or TABLE and, outside of quotes and comments, holds none of INSERT, UPDATE, DELETE, MERGE and INTO. Columns that are named so
 * must be quoted.
 */
final class ReadingQuery {
    private static final Pattern PASSAGES = Pattern.compile(
            "(?s)--[^\\n]*|/\\*[^!].*?\\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\\[[^\\]]*]|\\$(\\w*)\\$.*?\\$\\1\\$");
    private static final Pattern READS = Pattern.compile("[\\s(]*(SELECT|WITH|VALUES|TABLE)\\b.*", Pattern.DOTALL);
    private static final Pattern WRITES = Pattern.compile("\\b(INSERT|UPDATE|DELETE|MERGE|INTO)\\b(?!\\s*\\()|/\\*!");
    private static final Pattern INNERMOST = Pattern.compile("\\([^()]*\\)");
    private static final Pattern ORDERS = Pattern.compile("\\bORDER\\s+BY\\b");

    private ReadingQuery() {}

    /**
     * Makes sure that {@code query} reads.
     *
     * @throws IllegalArgumentException when it does not
     */
    static void check(String query) {
        String words = words(query);
        Check.that(
                READS.matcher(words).matches()
                        && !words.contains(";")
                        && !WRITES.matcher(words).find(),
                "query must be one statement that only reads, such as SELECT * FROM customers; a name that is a word of SQL"
                        + " must be quoted",
                query.strip());
    }

    /** Whether its rows come in an order: whether {@code ORDER BY} stands outside of parentheses. */
    static boolean isOrdered(String query) {
        String words = words(query);
        String outside = INNERMOST.matcher(words).replaceAll(" x ");
        while (!outside.equals(words)) {
            words = outside;
            outside = INNERMOST.matcher(words).replaceAll(" x ");
        }
        return ORDERS.matcher(outside).find();
    }

    /** The query in upper case without comments and what is quoted. */
    private static String words(String query) {
        return PASSAGES.matcher(query)
                .replaceAll(match -> match.group().matches("(?s)(--|/\\*).*") ? " " : " x ")
                .strip()
                .replaceFirst(";$", "")
                .toUpperCase(Locale.ROOT);
    }
}
