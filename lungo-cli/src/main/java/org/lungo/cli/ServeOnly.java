package org.lungo.cli;

import org.lungo.deploy.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command of the archive that only serves: it has no class that trains. */
@Command(
        name = "lungo",
        mixinStandardHelpOptions = true,
        description = "Serve trained models. The full archive also trains them.",
        footer = {"", "Example: lungo serve models"})
public final class ServeOnly implements Runnable {
    private static final Commands COMMANDS = new Commands()
            .with("serve", ServeCommand.class)
            .with("inspect", InspectCommand.class)
            .with("doctor", DoctorCommand.class);

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        Words.prepare();
        System.exit(Start.run(ServeOnly.class, COMMANDS, ServeOnly::run, arguments));
    }

    static int run(String... arguments) {
        CommandLine line = Words.reading(COMMANDS.line(new ServeOnly(), arguments), System.getenv());
        line.getCommandSpec().version("lungo " + Version.current() + " (serve only)");
        line.setExecutionExceptionHandler((failure, command, parsed) -> Failures.common(failure));
        return Words.execute(line, System.getenv(), arguments);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
