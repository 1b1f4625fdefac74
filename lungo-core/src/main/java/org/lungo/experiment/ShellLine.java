package org.lungo.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A command as a line that can be copied into a shell. */
public final class ShellLine {
    private static final String PLAIN = "[A-Za-z0-9_./:=,+@%-]+";

    private ShellLine() {}

    /** The words with spaces between them, those in quotes that a shell would take apart. */
    public static String of(String... words) {
        return of(Arrays.asList(words));
    }

    /** As {@link #of(String...)}. */
    public static String of(List<String> words) {
        return words.stream().map(ShellLine::word).collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
