package org.lungo.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.Run;
import org.lungo.experiment.Smoke;
import org.lungo.experiment.config.ConfigFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains, evaluates and stores a model. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Train, evaluate and store a model.",
        footer = {"", "Example: lungo train customers.csv --target churn --set train.epochs=20"})
final class TrainCommand implements Callable<Integer>, Commands.Computing {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigArguments config = new ConfigArguments();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run folder; if it already holds this run, the run is resumed.")
    private @Nullable Path out;

    @Option(
            names = "--progress",
            paramLabel = "bar|plain|json|none",
            description = "How progress is shown (a bar on a terminal, else plain lines).")
    private Progress.@Nullable Style progress;

    @Option(
            names = "--json",
            description = "Print the evaluation as one JSON object; with --progress json, events go to standard error.")
    private boolean json;

    @Option(
            names = "--smoke",
            description = "Only overfit one batch, then save, load and predict it: a check that the pieces fit.")
    private boolean smoke;

    @Override
    public Integer call() throws IOException {
        Run<?, ?> run = config.run().startedBy(commandLine());
        if (smoke) {
            return smoke(run.smoke(), json);
        }
        Path folder = out == null ? next(config.name()) : out;
        Progress.Style style =
                json && progress != Progress.Style.JSON ? Progress.Style.NONE : Progress.Style.chosen(progress);
        PrintStream shown = json ? System.err : System.out; // with --json, standard output holds one object
        Outcome<?> outcome;
        try (Progress listener = Progress.of(style, run.epochs(), shown);
                Interruption interruption = new Interruption(folder)) {
            outcome = run.into(folder, listener);
            if (!json && listener instanceof JsonProgress events) {
                events.ended(outcome);
            }
        }
        if (json) {
            System.out.println(outcome.toJson());
        } else if (style != Progress.Style.JSON) {
            System.out.println(outcome.toText());
            System.out.println("Next:");
            outcome.next().forEach(command -> System.out.println("  " + command));
        }
        return Failures.gates(outcome.failures());
    }

    private static int smoke(Smoke result, boolean json) {
        if (json) {
            System.out.println(ConfigFile.JSON.writeValueAsString(result));
        } else if (result.passed()) {
            System.out.println(result.toText());
        }
        if (!result.passed()) {
            System.err.println("error E105: " + result.toText());
        }
        return result.passed() ? 0 : Failures.RUNTIME;
    }

    private List<String> commandLine() {
        List<String> words = new ArrayList<>(List.of("lungo"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return words;
    }

    /** Makes {@code runs/NAME-001}, or the folder of the first number that is free: no two processes make the same. */
    private static Path next(String name) throws IOException {
        Path runs = Path.of("runs");
        try {
            if (!Files.isDirectory(runs)) { // Java 17 refuses a link to a folder
                Files.createDirectories(runs);
            }
            for (int number = 1; ; number++) {
                Path folder = runs.resolve(String.format(Locale.ROOT, "%s-%03d", name, number));
                if (made(folder)) {
                    return folder;
                }
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot write to " + runs.toAbsolutePath() + ": "
                            + e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage()
                            + "; name another folder with --out",
                    e);
        }
    }

    private static boolean made(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
