package org.lungo.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The commands of a program, in the order of its help. All of them take up to a tenth of a second to build, so where the words
 * begin with one, that one alone is built.
 */
final class Commands {
    private static final Set<String> HELP = Set.of("--help", "-h", "--version", "-V");

    private final Map<String, Class<?>> commands = new LinkedHashMap<>();

    /** Marks a command that computes, so that libtorch is loaded while its words are read. */
    interface Computing {}

    /** Adds a command. */
    Commands with(String name, Class<?> command) {
        commands.put(name, command);
        return this;
    }

    /**
     * Builds what reads {@code words}.
     *
     * @param program what runs where no command is named
     */
    CommandLine line(Runnable program, String... words) {
        CommandLine line = new CommandLine(program);
        Class<?> named = named(words);
        if (named != null && !words[0].equals(CompletionCommand.NAME)) {
            line.addSubcommand(words[0], named);
        } else {
            commands.forEach(line::addSubcommand);
        }
        return line;
    }

    /** Whether the words ask for a command that computes, and not for its help. */
    boolean compute(String... words) {
        Class<?> named = named(words);
        return named != null
                && Computing.class.isAssignableFrom(named)
                && Arrays.stream(words).noneMatch(HELP::contains);
    }

    private @Nullable Class<?> named(String... words) {
        return words.length == 0 ? null : commands.get(words[0]);
    }
}
