package org.lungo.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A command as a line that can be copied into a shell. */
public final class ShellLine {
    /** The system property by which a start script says how it was called. */
    public static final String CALLED = "lungo.called";

    private static final String PLAIN = "[A-Za-z0-9_./:=,+@%-]+";

    private ShellLine() {}

    /** The words with spaces between them, those in quotes that a shell would take apart. */
    public static String of(String... words) {
        return of(Arrays.asList(words));
    }

    /** A command of Lungo. It begins as this process was called ({@link #CALLED}), which is {@code ./lungo} in a clone. */
    public static String lungo(String... words) {
        return of(System.getProperty(CALLED, "lungo")) + " " + of(words);
    }

    /** As {@link #of(String...)}. */
    public static String of(List<String> words) {
        return words.stream().map(ShellLine::word).collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
