package org.lungo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * While it is open, Ctrl-C and a request to terminate are answered by a line that says how to continue the work; Java then exits
 * with 130 or 143.
 */
final class Interruption implements AutoCloseable {
    private final Thread hook;

    /** Listens while the run in {@code folder} is trained. */
    Interruption(Path folder) {
        this(() -> message(folder));
    }

    /** Answers with {@code message}, which is asked for only then. */
    Interruption(Supplier<String> message) {
        hook = new Thread(() -> System.err.println("\n" + message.get()), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static String message(Path folder) {
        return Files.exists(folder.resolve("config.resolved.yaml"))
                ? "Interrupted. The same command with --out " + folder + " continues from its last checkpoint."
                : "Interrupted before training began; nothing was kept.";
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends already, and the hook has run
        }
    }
}
