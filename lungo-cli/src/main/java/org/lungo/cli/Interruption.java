package org.lungo.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * While it is open, Ctrl-C and a request to terminate are answered by a line that says how training goes on; Java then
 * exits with 130 or 143.
 */
final class Interruption implements AutoCloseable {
    private final Thread hook;

    /** Listens while the run in {@code folder} is trained. */
    Interruption(Path folder) {
        hook = new Thread(() -> System.err.println("\n" + message(folder)), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static String message(Path folder) {
        return Files.isDirectory(folder)
                ? "Interrupted. The same command with --out " + folder + " goes on from its last checkpoint."
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
