package org.lungo.data;

import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code jdbc:} address. {@code ${NAME}} in it stands for an environment variable, so that a password need not stand in
 * a file.
 *
 * @param text as the user wrote it
 */
record DatabaseAddress(String text) {
    /** What to do when no driver knows the address. */
    static final String DRIVER = "; put the jar of the database's JDBC driver into the folder drivers next to the lungo"
            + " command, or on the class path of your program (docs/databases.md)";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern PARAMETER = Pattern.compile("(?i)\\b(password|passwd|pwd|secret|token)=([^;&\\s]+)");
    private static final Pattern LOGIN = Pattern.compile("(//[^:/@\\s]+:|:[^:/@\\s]+/)([^@/\\s]+)@");

    /**
     * The address to connect to.
     *
     * @param environment the value of a variable, or null
     * @throws DataException when a variable has no value
     */
    String resolved(UnaryOperator<String> environment) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String value = environment.apply(match.group(1));
            if (value == null) {
                throw new DataException(
                        "E301",
                        "the environment variable " + match.group(1) + ", which data.path names, is not set; export "
                                + match.group(1) + "=...");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** What a driver says about the address, with neither its passwords nor the values of its variables. */
    String withoutSecrets(String message, UnaryOperator<String> environment) {
        String shown = message;
        for (MatchResult variable : VARIABLE.matcher(text).results().toList()) {
            String value = environment.apply(variable.group(1));
            shown = value == null || value.isEmpty() ? shown : shown.replace(value, variable.group());
        }
        for (Pattern pattern : List.of(PARAMETER, LOGIN)) {
            for (MatchResult secret : pattern.matcher(text).results().toList()) {
                boolean variable = VARIABLE.matcher(secret.group(2)).matches();
                shown = variable ? shown : shown.replace(secret.group(2), "***");
            }
        }
        return withoutSecrets(shown);
    }

    /** Whether there is no driver for the address. */
    static boolean lacksDriver(SQLException e) {
        return String.valueOf(e.getMessage()).startsWith("No suitable driver");
    }

    /** Whether a password can be read in it. */
    boolean holdsSecret() {
        return !withoutSecrets(text).equals(text);
    }

    /** The text with every password in it as {@code ***}; variables stay. */
    static String withoutSecrets(String text) {
        return replaced(LOGIN, replaced(PARAMETER, text, "=", ""), "", "@");
    }

    private static String replaced(Pattern pattern, String text, String before, String after) {
        return pattern.matcher(text)
                .replaceAll(match -> VARIABLE.matcher(match.group(2)).matches()
                        ? Matcher.quoteReplacement(match.group())
                        : Matcher.quoteReplacement(match.group(1) + before + "***" + after));
    }
}
