package org.lungo.server.http;

import io.javalin.http.Context;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lungo.server.registry.Lease;
import org.lungo.server.registry.Models;
import org.lungo.server.registry.ServedModel;

/** A request whose body has arrived: see {@link Calls}. */
public final class Call {
    private final Context ctx;
    private final Map<String, @Nullable Object> body;
    private final Models models;
    private final long start;

    Call(Context ctx, Map<String, @Nullable Object> body, Models models, long start) {
        this.ctx = ctx;
        this.body = body;
        this.models = models;
        this.start = start;
    }

    /** The request, and the answer to it. */
    public Context ctx() {
        return ctx;
    }

    /** The fields of the body. A value is a text, a number, a truth value, null, a list or such a map. */
    public Map<String, @Nullable Object> body() {
        return body;
    }

    /** The threads that may wait for the caller to take the answer. */
    public Executor threads() {
        return JettyRequest.threads(ctx);
    }

    /**
     * The newest version of a model. It stays loaded until the answer is sent, and the answer is counted as its own.
     *
     * @throws org.lungo.server.registry.UnknownModelException when there is none of this name
     * @throws HttpFailure 403 when a web page asks whose origin only other models list
     */
    public ServedModel model(String name) {
        Origins.requireListed(ctx, models, name);
        Lease lease = models.lease(name, null);
        JettyRequest.atEnd(ctx, lease::close);
        ServedModel model = lease.model();
        ctx.attribute(AccessLog.MODEL, model.id().toString());
        ctx.attribute(Lease.class.getName(), lease);
        return model;
    }

    /**
     * Lets the request in.
     *
     * @return when {@code model} must have answered, by {@link System#nanoTime}
     * @throws org.lungo.deploy.serving.Rejected when too many requests wait for the model
     * @throws HttpFailure 400 when the request says a deadline that is none
     */
    public long admit(ServedModel model) {
        model.requireRoom();
        ctx.header("Lungo-Model-Version", Integer.toString(model.id().version()));
        return start + TimeUnit.MILLISECONDS.toNanos(InferenceRoutes.deadline(ctx, model));
    }

    /** What {@link #model} took, or null. */
    static @Nullable Lease lease(Context ctx) {
        return ctx.attribute(Lease.class.getName());
    }
}
