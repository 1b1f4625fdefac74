package org.lungo.server.http;

import io.javalin.http.Context;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Table;
import org.lungo.server.metrics.ServerMetrics;
import org.lungo.server.registry.Lease;
import org.lungo.server.registry.Models;
import org.lungo.server.registry.ServedModel;

/** Asking a model: rows in and predictions out, and the Open Inference Protocol. */
final class InferenceRoutes {
    private static final String DEADLINE = "Lungo-Deadline-Ms";

    private final Models models;
    private final ServerMetrics metrics;
    private final Limits limits;
    private final Bodies bodies;
    private final StrictJson json;
    private final Instances instances;

    InferenceRoutes(Models models, ServerMetrics metrics, Limits limits) {
        this.models = models;
        this.metrics = metrics;
        this.limits = limits;
        this.bodies = new Bodies(limits);
        this.json = new StrictJson(limits);
        this.instances = new Instances(json, limits);
    }

    /** {@code POST /v1/models/{model}:predict}. */
    void predict(Context ctx) {
        answer(ctx, (model, body, deadline) -> {
            double[][] scores = model.score(() -> instances.read(body, model.predictor()), deadline);
            return Answers.predictions(model.predictor(), scores);
        });
    }

    /** {@code POST /v2/models/{model}/infer}. */
    void infer(Context ctx) {
        answer(ctx, (model, body, deadline) -> {
            String json = ctx.header("Inference-Header-Content-Length");
            if (json != null && !json.equals(Integer.toString(body.length))) {
                throw HttpFailure.badRequest("binary tensor data is not supported; send data as JSON");
            }
            InferRequest[] request = new InferRequest[1];
            Supplier<Table> table = () -> {
                request[0] = InferRequest.read(this.json.object(body), limits);
                return request[0].table(model.predictor());
            };
            double[][] scores = model.score(table, deadline);
            return Answers.infer(request[0], model, scores);
        });
    }

    /** {@code POST /v1/models/{model}:explain}. */
    void explain(Context ctx) {
        try (Lease lease = models.lease(ctx.pathParam("model"), version(ctx))) {
            throw new HttpFailure(
                    501,
                    "explanations of single predictions are not there yet for "
                            + lease.model().id().name());
        }
    }

    private interface Asking {
        byte[] ask(ServedModel model, byte[] body, long deadline);
    }

    private void answer(Context ctx, Asking asking) {
        long start = System.nanoTime();
        Lease taken;
        try {
            taken = models.lease(ctx.pathParam("model"), version(ctx));
        } catch (RuntimeException e) {
            metrics.answered(HttpFailure.of(e).status());
            throw e;
        }
        try (Lease lease = taken) {
            ServedModel model = lease.model();
            ctx.attribute(AccessLog.MODEL, model.id().toString());
            int code = 200;
            try {
                model.requireRoom();
                long deadline = start + TimeUnit.MILLISECONDS.toNanos(deadline(ctx, model));
                byte[] result = asking.ask(model, bodies.read(ctx, deadline), deadline);
                ctx.header("Lungo-Model-Version", Integer.toString(model.id().version()));
                ctx.contentType("application/json").result(result);
            } catch (RuntimeException e) {
                code = HttpFailure.of(e).status();
                throw e;
            } finally {
                if (code == 504) {
                    metrics.refused("deadline");
                }
                metrics.answered(model.id(), code, System.nanoTime() - start);
            }
        }
    }

    private static long deadline(Context ctx, ServedModel model) {
        String given = ctx.header(DEADLINE);
        int own = model.config().deadlineMs();
        if (given == null) {
            return own;
        }
        if (!given.matches("\\d{1,9}") || Integer.parseInt(given) == 0) {
            throw HttpFailure.badRequest(DEADLINE + " must be milliseconds, 1 or more. Received: "
                    + (given.length() > 40 ? given.substring(0, 40) + "..." : given));
        }
        return Math.min(own, Integer.parseInt(given));
    }

    /** The version in the path, or null. */
    static @Nullable Integer version(Context ctx) {
        String version = ctx.pathParamMap().get("version");
        if (version == null) {
            return null;
        }
        if (!version.matches("\\d{1,9}")) {
            throw new HttpFailure(
                    404,
                    "versions are numbers; there is no version '"
                            + (version.length() > 40 ? version.substring(0, 40) + "..." : version) + "'");
        }
        return Integer.valueOf(version);
    }
}
