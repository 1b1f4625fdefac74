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
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            GenerateCommand.class,
            ChatCommand.class,
            TranslateCommand.class,
            ServeCommand.class,
            CheckCommand.class,
            InitCommand.class,
            InspectCommand.class,
            RunsCommand.class,
            ExportCommand.class,
            SchemaCommand.class,
            DatasetsCommand.class,
            CleanCommand.class,
            TokenizerCommand.class,
            DoctorCommand.class,
            CompletionCommand.class
        },
        footer = {"", "Example: lungo train customers.csv --target churn"})
public final class Lungo implements Runnable {
    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        Words.prepare();
        System.exit(Start.run(Lungo.class, Lungo::run, arguments));
    }

    /** Runs the command; returns its exit code. */
    public static int run(String... arguments) {
        return run(System.getenv(), arguments);
    }

    static int run(Map<String, String> environment, String... arguments) {
        CommandLine line = Words.reading(new CommandLine(new Lungo()), environment);
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
