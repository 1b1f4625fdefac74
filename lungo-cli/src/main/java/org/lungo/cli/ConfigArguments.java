package org.lungo.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Source;
import org.lungo.experiment.Flag;
import org.lungo.experiment.Order;
import org.lungo.experiment.Run;
import org.lungo.experiment.config.Setting;
import org.lungo.family.Studies;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The arguments that name what is trained: a config file, or a table and its target. */
final class ConfigArguments {
    @Parameters(
            paramLabel = "DATA|CONFIG",
            description =
                    "A table (CSV, Parquet, JSON lines, ARFF), a jdbc: address, a folder of folders of texts (with"
                            + " --target label), a text, labelled sentences (.conll) or a .yaml config.")
    private String input = "";

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "The family to train, where DATA could be of several: ${COMPLETION-CANDIDATES}.",
            completionCandidates = FamilyNames.class)
    private @Nullable String family;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A config value, such as train.epochs=20.")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "The seed of all randomness.")
    private @Nullable Long seed;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /**
     * The run that the arguments describe.
     *
     * @throws IllegalArgumentException when the arguments contradict each other
     */
    Run<?, ?> run() throws IOException {
        Order order = order();
        Run<?, ?> run = Run.of(Studies.of(order), order);
        run.config().notes().forEach(note -> System.err.println("note: " + note));
        return run;
    }

    private Order order() throws IOException {
        Map<String, Order.Given> flags = new LinkedHashMap<>();
        if (family != null) {
            flags.put("--family", new Order.Given(origin("--family"), List.of(family)));
        }
        for (Flag flag : Studies.flags()) {
            List<String> values = FamilyFlags.values(command.commandLine().getCommandSpec(), flag);
            if (values != null) {
                flags.put(flag.name(), new Order.Given(origin(flag.name()), values));
            }
        }
        List<Setting> settings = new ArrayList<>();
        if (seed != null) {
            settings.add(new Setting(origin("--seed"), "seed=" + seed));
        }
        sets.forEach(set -> settings.add(new Setting(origin("--set") + " " + set, set)));
        return new Order(input, isConfig() ? text() : null, flags, settings);
    }

    private boolean isConfig() {
        return input.endsWith(".yaml") || input.endsWith(".yml");
    }

    /** A name for the run, from the input's. */
    String name() {
        return Source.of(input).name();
    }

    private String text() throws IOException {
        Path file = Path.of(input);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no config file " + file + "; relative paths start at "
                    + Path.of("").toAbsolutePath());
        }
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + " is not a text file in UTF-8; a config is YAML");
        }
    }

    /** The flag, or the environment variable that stands in for it. */
    private String origin(String flag) {
        return command.commandLine().getParseResult().hasMatchedOption(flag)
                ? flag
                : EnvironmentDefaults.variable(flag);
    }

    /** A list in YAML. */
    static String list(List<String> names) {
        return "["
                + String.join(
                        ", ", names.stream().map(name -> quoted(name.strip())).toList())
                + "]";
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
