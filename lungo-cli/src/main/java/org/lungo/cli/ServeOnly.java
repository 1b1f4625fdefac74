package org.lungo.cli;

import org.lungo.deploy.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command of the archive that only serves: it has no class that trains. */
@Command(
        name = "lungo",
        mixinStandardHelpOptions = true,
        description = "Serve trained models. The full archive also trains them.",
        subcommands = {ServeCommand.class, InspectCommand.class, DoctorCommand.class},
        footer = {"", "Example: lungo serve models"})
public final class ServeOnly implements Runnable {
    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        Words.prepare();
        System.exit(Start.run(ServeOnly.class, ServeOnly::run, arguments));
    }

    static int run(String... arguments) {
        CommandLine line = Words.reading(new CommandLine(new ServeOnly()), System.getenv());
        line.getCommandSpec().version("lungo " + Version.current() + " (serve only)");
        line.setExecutionExceptionHandler((failure, command, parsed) -> Failures.common(failure));
        return Words.execute(line, System.getenv(), arguments);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
