package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.lungo.tensor.Engine;

/** A program from its first word to its exit code, and what makes this start and later ones quick. */
final class Start {
    private Start() {}

    /** Reads words and does what they say. */
    interface Program {
        /** Returns the exit code. */
        int run(String... words);
    }

    /**
     * Runs the program.
     *
     * @param main the class that Java was started with
     * @param commands those of the program
     */
    static int run(Class<?> main, Commands commands, Program program, String... words) {
        String trial = System.getProperty(ClassArchive.TRIAL);
        if (trial != null) {
            return TrialRun.run(program, Path.of(trial));
        }
        Thread engine = new Thread(Start::loadEngine, "engine");
        engine.setDaemon(true);
        if (commands.compute(words)) {
            engine.start();
        }
        int code = program.run(words);
        await(engine);
        ClassArchive.makeLater(main);
        return code;
    }

    /** Loading libtorch takes longer than reading the words and the model's files, so it is done meanwhile. */
    private static void loadEngine() {
        try {
            NativeCache.require();
            Engine.load();
        } catch (IOException | RuntimeException | LinkageError e) {
            // whoever needs the engine meets the same failure, and reports it
        }
    }

    /** Java must not end while libtorch is being loaded. */
    private static void await(Thread engine) {
        try {
            engine.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
