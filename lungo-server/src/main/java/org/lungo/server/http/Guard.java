package org.lungo.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.lungo.server.metrics.ServerMetrics;
import org.slf4j.LoggerFactory;

/** What happens around every route: who asks, is there an answer now, what if it fails. */
public final class Guard {
    /** The header by which a request can be found in the logs. */
    static final String REQUEST_ID = "X-Request-Id";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Keys keys;
    private final ServerMetrics metrics;
    private final AtomicBoolean draining;
    private final ErrorForms errors;

    Guard(Keys keys, ServerMetrics metrics, AtomicBoolean draining, ErrorForms errors) {
        this.keys = keys;
        this.metrics = metrics;
        this.draining = draining;
        this.errors = errors;
    }

    /** {@code handler} for those who have a key for {@code permission}. */
    public Handler with(Permission permission, Handler handler) {
        return ctx -> {
            if (permission != Permission.INFER) {
                Origins.requireUnshared(ctx);
            }
            ctx.attribute(
                    AccessLog.CALLER, keys.require(permission, ctx.header("Authorization"), ctx.header("X-API-Key")));
            handler.handle(ctx);
        };
    }

    /** The same for requests that have to be answered before the server stops, and are refused once it is stopping. */
    public Handler inFlight(Permission permission, Handler handler) {
        Handler guarded = with(permission, handler);
        return ctx -> {
            metrics.started();
            JettyRequest.atEnd(ctx, metrics::ended);
            if (draining.get()) {
                metrics.refused("draining");
                ctx.header("Connection", "close");
                throw new HttpFailure(503, "the server is being shut down");
            }
            guarded.handle(ctx);
        };
    }

    boolean isDraining() {
        return draining.get();
    }

    /** Gives each request an id: the caller's when it is a plain one, else a new one. */
    static void identify(Context ctx) {
        String given = ctx.header(REQUEST_ID);
        String id = given != null && ID.matcher(given).matches()
                ? given
                : Long.toHexString(
                        java.util.concurrent.ThreadLocalRandom.current().nextLong());
        ctx.header(REQUEST_ID, id);
        ctx.attribute(AccessLog.ID, id);
    }

    /** Answers with an error. */
    void fail(Throwable failure, Context ctx) {
        HttpFailure known = HttpFailure.of(failure);
        if (known.status() == 500) {
            Object id = ctx.attribute(AccessLog.ID);
            LoggerFactory.getLogger(Guard.class).error("request {} failed", id, failure);
        }
        if (known.status() == 401) {
            ctx.header("WWW-Authenticate", "Bearer");
        }
        if (known.status() == 429 || known.status() == 503) {
            ctx.header("Retry-After", "1");
        }
        ctx.status(known.status()).contentType("application/json").result(errors.body(ctx.path(), known));
    }
}
