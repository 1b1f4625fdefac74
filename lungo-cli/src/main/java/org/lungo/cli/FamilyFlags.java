package org.lungo.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lungo.experiment.Flag;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags that families define themselves, in addition to those of the command. */
final class FamilyFlags {
    private FamilyFlags() {}

    /**
     * Adds flags to a command of {@code line}, each once, before the words are read. Where these name neither the command
     * nor {@code completion}, nothing is added, for asking the families takes half the time of a start.
     */
    static void add(CommandLine line, String command, Supplier<List<Flag>> flags, String... words) {
        if (Collections.disjoint(List.of(words), List.of(command, CompletionCommand.NAME))) {
            return;
        }
        CommandLine asked = line.getSubcommands().get(command);
        if (asked == null) { // the words ask for another one
            return;
        }
        CommandSpec spec = asked.getCommandSpec();
        for (Flag flag : new LinkedHashSet<>(flags.get())) {
            if (spec.findOption(flag.name()) == null) {
                spec.addOption(OptionSpec.builder(flag.name())
                        .paramLabel(flag.value())
                        .description(flag.description())
                        .type(flag.repeats() ? List.class : String.class)
                        .auxiliaryTypes(String.class)
                        .build());
            }
        }
    }

    /** What the words, or the environment, say behind a flag; null for nothing. */
    static @Nullable List<String> values(CommandSpec spec, Flag flag) {
        Object value = spec.findOption(flag.name()).getValue();
        if (value == null) {
            return null;
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    /**
     * The flags that were given, of {@code all}.
     *
     * @param taken those that are taken
     * @param place what is asked, for messages
     * @throws IllegalArgumentException when another one was given
     */
    static Map<String, String> given(CommandSpec spec, List<Flag> all, List<Flag> taken, String place) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Flag flag : all) {
            List<String> values = values(spec, flag);
            if (values == null) {
                continue;
            }
            if (taken.stream().noneMatch(own -> own.name().equals(flag.name()))) {
                throw new IllegalArgumentException(
                        flag.name() + " is not for the model in " + place + "; leave it out");
            }
            given.put(flag.name(), values.get(0));
        }
        return given;
    }
}
