package org.lungo.server.http;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lungo.server.metrics.ServerMetrics;
import org.lungo.server.registry.Lease;
import org.lungo.server.registry.Models;

/**
 * Requests of a {@link Protocol} to models: the body is a JSON object and says which model is asked. Reads it within the
 * limits, sends the answer and counts it; no thread is held while a request waits.
 */
public final class Calls {
    /** How long a body may take; which model it asks is not known before. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Models models;
    private final ServerMetrics metrics;
    private final Bodies bodies;
    private final StrictJson json;

    Calls(Models models, ServerMetrics metrics, Limits limits, Bodies bodies) {
        this.models = models;
        this.metrics = metrics;
        this.bodies = bodies;
        this.json = new StrictJson(limits);
    }

    /** Answers calls at one path. */
    @FunctionalInterface
    public interface Route {
        /** An object that is sent as JSON, or null when the answer was sent already. What it throws becomes an error. */
        CompletableFuture<?> answer(Call call);
    }

    /** Answers later: the thread that comes here is free at once. */
    public void answer(Context ctx, Route route) {
        long start = System.nanoTime();
        ctx.future(() -> {
            try {
                return bodies.read(ctx, start + PATIENCE)
                        .thenComposeAsync(
                                body -> {
                                    Bodies.requireUtf8(body);
                                    return route.answer(new Call(ctx, json.object(body), models, start));
                                },
                                JettyRequest.threads(ctx))
                        .handleAsync((answer, failure) -> send(ctx, answer, failure, start), JettyRequest.threads(ctx));
            } catch (RuntimeException e) {
                metrics.answered(HttpFailure.of(e).status());
                throw e;
            }
        });
    }

    /** Sends an answer that was not sent yet, or says why there is none. */
    private @Nullable Object send(Context ctx, @Nullable Object answer, @Nullable Throwable failure, long start) {
        int code = failure == null ? 200 : HttpFailure.of(failure).status();
        Lease lease = Call.lease(ctx);
        if (lease == null) {
            metrics.answered(code);
        } else {
            metrics.answered(lease.model().id(), code, System.nanoTime() - start);
        }
        if (code == 504) {
            metrics.refused("deadline");
        }
        if (failure != null) {
            throw failure instanceof CompletionException known ? known : new CompletionException(failure);
        }
        if (answer != null) {
            ModelRoutes.json(ctx, answer);
        }
        return answer;
    }
}
