package org.lungo.cli;

import java.util.Map;

/**
 * What a terminal can show.
 *
 * @param width in columns
 * @param colours whether it shows colours; they are left out where the variable {@code NO_COLOR} is set
 */
record Terminal(int width, boolean colours) {
    private static final int USUAL = 80;

    /** The terminal of this process. */
    static Terminal here() {
        return of(System.getenv());
    }

    /** The terminal that variables of the environment describe. */
    static Terminal of(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return new Terminal(
                columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL,
                environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    /** The text in green. */
    String green(String text) {
        return colours ? "\u001b[32m" + text + "\u001b[0m" : text;
    }
}
