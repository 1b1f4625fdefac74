package org.lungo.deploy.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ModelFolder;
import org.lungo.tensor.Scope;

/** Asks a model in this process what a server would be asked, and gets the same answers. */
public final class Questions {
    private static final long PATIENCE_NANOS = TimeUnit.HOURS.toNanos(1);

    private Questions() {}

    /**
     * Loads a model, asks it once and frees it.
     *
     * @param run a run or a model folder of {@code family}
     * @param instances as JSON has them: maps of texts, numbers, truth values, lists and maps
     * @return an answer for each instance, in order
     * @throws BadInstanceException when one cannot be answered, saying what was expected
     * @throws org.lungo.tensor.CorruptFileException when the model is damaged
     */
    public static List<Map<String, Object>> answers(Family family, Path run, List<@Nullable Object> instances)
            throws IOException {
        try (Scope scope = Scope.open()) {
            return answers(family.open(ModelFolder.inside(run), Serving.plain(Runnable::run)), instances);
        }
    }

    /** Asks a model that was opened in this thread, once. */
    public static List<Map<String, Object>> answers(Answerer answerer, List<@Nullable Object> instances) {
        CompletableFuture<List<Map<String, Object>>> answers =
                answerer.predict(() -> instances, System.nanoTime() + PATIENCE_NANOS);
        answerer.close(); // no more requests; the one that waits is answered
        try {
            answerer.run();
            return answers.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the model was asked", e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
