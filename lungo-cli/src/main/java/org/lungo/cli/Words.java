package org.lungo.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** How the words of a command line are read: with the environment behind them, and with a code for every mistake. */
final class Words {
    private Words() {}

    /** What the process around the words must have; must be called before anything is printed or loaded. */
    static void prepare() {
        TextEncoding.prepare();
        Logs.prepare();
        NativeCache.choose(System.getenv());
    }

    /** Runs the command that the words ask for; returns its exit code. */
    static int execute(CommandLine line, Map<String, String> environment, String... words) {
        try {
            TextEncoding.require(environment, words);
        } catch (IllegalArgumentException e) {
            return Failures.common(e);
        }
        return line.execute(words);
    }

    /** {@code line}, whose flags may also come from {@code environment}. */
    static CommandLine reading(CommandLine line, Map<String, String> environment) {
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setParameterExceptionHandler((mistake, words) -> report(mistake, environment, words))
                .setExecutionStrategy(Words::execute);
    }

    /** Unknown words are refused even where help is asked for, which would else be shown for another command. */
    private static int execute(ParseResult parsed) {
        for (ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            if (!at.unmatched().isEmpty()) {
                throw new UnmatchedArgumentException(at.commandSpec().commandLine(), at.unmatched());
            }
        }
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        try {
            NativeCache.require();
        } catch (IOException e) {
            return Failures.common(e);
        }
        return new RunLast().execute(parsed);
    }

    private static int report(ParameterException mistake, Map<String, String> environment, String... words) {
        String variable = variable(mistake, environment, words);
        System.err.println(
                "error E200: " + (variable == null ? "" : variable + ": ") + message(mistake) + meant(mistake));
        System.err.println("See " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return Failures.USAGE;
    }

    private static String message(ParameterException mistake) {
        CommandSpec command = mistake.getCommandLine().getCommandSpec();
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
                && !unmatched.getUnmatched().get(0).startsWith("-")
                && !command.subcommands().isEmpty()) {
            return "expected a command of " + command.qualifiedName() + ": "
                    + String.join(", ", command.subcommands().keySet()) + ". Received: "
                    + unmatched.getUnmatched().get(0);
        }
        return String.valueOf(mistake.getMessage());
    }

    /** The command or option that was probably meant by the first unknown word. */
    private static String meant(ParameterException mistake) {
        if (!(mistake instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        String word = unmatched.getUnmatched().get(0);
        CommandSpec command = mistake.getCommandLine().getCommandSpec();
        return Suggestion.of(
                word.replaceFirst("=.*", ""),
                word.startsWith("-")
                        ? command.optionsMap().keySet()
                        : command.subcommands().keySet());
    }

    /** The variable that a wrong value came from, as {@code LUNGO_SEED=x}; null when it was a word of the command. */
    private static @Nullable String variable(
            ParameterException mistake, Map<String, String> environment, String... words) {
        if (!(mistake.getArgSpec() instanceof OptionSpec option)) {
            return null;
        }
        String name = EnvironmentDefaults.variable(option.longestName());
        String value = environment.get(name);
        boolean written = Arrays.stream(words)
                .anyMatch(word -> Arrays.stream(option.names())
                        .anyMatch(flag -> word.equals(flag) || word.startsWith(flag + "=")));
        return value == null || written ? null : name + "=" + value;
    }
}
