package org.lungo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A script of {@code complete} lines for fish (fishshell.com/docs/current/cmds/complete.html): one for each command, flag and
 * list of values.
 */
final class FishCompletion {
    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    /** The script for a command and all below it. */
    static String of(CommandSpec root) {
        FishCompletion script = new FishCompletion(root.name());
        script.add(root, List.of());
        return script.lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    /** @param path the names of commands that stand before, without the program */
    private void add(CommandSpec command, List<String> path) {
        String place = place(path, command);
        command.subcommands().forEach((name, below) -> {
            if (!below.getCommandSpec().usageMessage().hidden()) {
                String[] says = below.getCommandSpec().usageMessage().description();
                lines.add(line(place) + " -f -a " + quoted(name) + description(says));
            }
        });
        String within = within(path);
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                lines.add(line(within) + names(option) + values(option) + description(option.description()));
            }
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            String candidates = candidates(parameter);
            if (!candidates.isEmpty()) {
                lines.add(line(within) + " -f -a " + quoted(candidates));
            }
        }
        command.subcommands().forEach((name, below) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            add(below.getCommandSpec(), longer);
        });
    }

    private String line(String condition) {
        return "complete -c " + program + (condition.isEmpty() ? "" : " -n " + quoted(condition));
    }

    /** Where a command below {@code path} may stand. */
    private static String place(List<String> path, CommandSpec command) {
        if (path.isEmpty()) {
            return "__fish_use_subcommand";
        }
        String names = String.join(" ", command.subcommands().keySet());
        return within(path) + (names.isEmpty() ? "" : "; and not __fish_seen_subcommand_from " + names);
    }

    private static String within(List<String> path) {
        return path.isEmpty()
                ? "__fish_use_subcommand"
                : path.stream()
                        .map(name -> "__fish_seen_subcommand_from " + name)
                        .collect(Collectors.joining("; and "));
    }

    private static String names(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return names.toString();
    }

    private static String values(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        String candidates = candidates(option);
        return candidates.isEmpty() ? " -r" : " -x -a " + quoted(candidates);
    }

    private static String candidates(ArgSpec argument) {
        Iterable<String> given = argument.completionCandidates();
        if (given != null) {
            return StreamSupport.stream(given.spliterator(), false).collect(Collectors.joining(" "));
        }
        return "";
    }

    private static String description(String... lines) {
        String text = String.join(" ", lines).replace("${COMPLETION-CANDIDATES}", "the values");
        int end = text.indexOf(". ");
        String first = (end < 0 ? text : text.substring(0, end)).replaceFirst("\\.$", "");
        return first.isBlank() ? "" : " -d " + quoted(CommandLine.Help.Ansi.OFF.string(first));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
