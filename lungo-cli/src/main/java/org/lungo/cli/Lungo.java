package org.lungo.cli;

import java.util.Map;
import org.lungo.deploy.Version;
import org.lungo.family.Studies;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code lungo} command. */
@Command(
        name = "lungo",
        description = "From data to a deployed model, on the JVM.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: lungo train customers.csv --target churn"})
public final class Lungo implements Runnable {
    private static final Commands COMMANDS = new Commands()
            .with("train", TrainCommand.class)
            .with("evaluate", EvaluateCommand.class)
            .with("predict", PredictCommand.class)
            .with("generate", GenerateCommand.class)
            .with("chat", ChatCommand.class)
            .with("translate", TranslateCommand.class)
            .with("serve", ServeCommand.class)
            .with("check", CheckCommand.class)
            .with("init", InitCommand.class)
            .with("inspect", InspectCommand.class)
            .with("runs", RunsCommand.class)
            .with("export", ExportCommand.class)
            .with("schema", SchemaCommand.class)
            .with("datasets", DatasetsCommand.class)
            .with("clean", CleanCommand.class)
            .with("tokenizer", TokenizerCommand.class)
            .with("doctor", DoctorCommand.class)
            .with("completion", CompletionCommand.class);

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        Words.prepare();
        System.exit(Start.run(Lungo.class, COMMANDS, Lungo::run, arguments));
    }

    /** Runs the command; returns its exit code. */
    public static int run(String... arguments) {
        return run(System.getenv(), arguments);
    }

    static int run(Map<String, String> environment, String... arguments) {
        CommandLine line = Words.reading(COMMANDS.line(new Lungo(), arguments), environment);
        FamilyFlags.add(line, "train", Studies::flags, arguments);
        FamilyFlags.add(line, "check", Studies::flags, arguments);
        FamilyFlags.add(line, "evaluate", EvaluateCommand::flags, arguments);
        FamilyFlags.add(line, "export", ExportCommand::flags, arguments);
        line.getCommandSpec().version("lungo " + Version.current());
        line.setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure));
        return Words.execute(line, environment, arguments);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
