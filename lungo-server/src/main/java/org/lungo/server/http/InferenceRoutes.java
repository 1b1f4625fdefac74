package org.lungo.server.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    InferenceRoutes(Models models, ServerMetrics metrics, Limits limits, Bodies bodies) {
        this.models = models;
        this.metrics = metrics;
        this.limits = limits;
        this.bodies = bodies;
        this.json = new StrictJson(limits);
        this.instances = new Instances(json, limits);
    }

    /** {@code POST /v1/models/{model}:predict}. */
    void predict(Context ctx) {
        answer(ctx, model -> new Question() {
            @Override
            public List<@Nullable Object> read(byte[] body) {
                Bodies.requireUtf8(body);
                return instances.read(body);
            }

            @Override
            public byte[] write(List<Map<String, Object>> answers) {
                return Answers.predictions(answers);
            }
        });
    }

    /** {@code POST /v2/models/{model}/infer}. */
    void infer(Context ctx) {
        String header = ctx.header("Inference-Header-Content-Length");
        answer(ctx, model -> infer(model, header));
    }

    private Question infer(ServedModel model, @Nullable String header) {
        return new Question() {
            private @Nullable InferRequest request;

            @Override
            public List<@Nullable Object> read(byte[] body) {
                int length = header == null ? body.length : jsonLength(header, body.length);
                byte[] text = length == body.length ? body : Arrays.copyOf(body, length);
                Bodies.requireUtf8(text);
                InferRequest read = InferRequest.read(json.object(text), BinaryTensors.behind(body, length), limits);
                request = read;
                return read.instances(model.answerer().form());
            }

            @Override
            public byte[] write(List<Map<String, Object>> answers) {
                return Answers.infer(Objects.requireNonNull(request), model, answers);
            }
        };
    }

    /** How many bytes of a body are JSON; tensors follow. */
    private static int jsonLength(String header, int bytes) {
        if (!header.matches("\\d{1,18}") || Long.parseLong(header) > bytes) {
            throw HttpFailure.badRequest(
                    "Inference-Header-Content-Length must be the number of bytes of JSON, at most the" + " body's "
                            + bytes + ". Received: " + Bodies.shown(header));
        }
        return Integer.parseInt(header);
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

    /** How one request is read, and how its answer is written. */
    private interface Question {
        List<@Nullable Object> read(byte[] body);

        byte[] write(List<Map<String, Object>> answers);
    }

    /** Answers at once what this thread has computed itself, the rest later: no thread is held while a request waits. */
    private void answer(Context ctx, Function<ServedModel, Question> asking) {
        long start = System.nanoTime();
        ServedModel model = leased(ctx).model();
        ctx.attribute(AccessLog.MODEL, model.id().toString());
        ctx.future(() -> {
            try {
                Question question = asking.apply(model);
                model.requireRoom();
                return respond(ctx, model, question, start);
            } catch (RuntimeException e) {
                count(model, e, start);
                throw e;
            }
        });
    }

    private CompletableFuture<?> respond(Context ctx, ServedModel model, Question question, long start) {
        long deadline = start + TimeUnit.MILLISECONDS.toNanos(deadline(ctx, model));
        CompletableFuture<List<Map<String, Object>>> asked = bodies.read(ctx, deadline)
                .thenCompose(body -> model.answerer().predict(() -> question.read(body), deadline));
        BiFunction<@Nullable List<Map<String, Object>>, @Nullable Throwable, Boolean> sent = (answers, failure) -> {
            send(ctx, model, question, answers, failure, start);
            return true;
        };
        // What is there already is sent by this thread; what comes later comes in a thread that must not wait for
        // callers.
        return asked.isDone() ? asked.handle(sent) : asked.handleAsync(sent, JettyRequest.threads(ctx));
    }

    private Lease leased(Context ctx) {
        try {
            Lease lease = models.lease(ctx.pathParam("model"), version(ctx));
            JettyRequest.atEnd(ctx, lease::close);
            return lease;
        } catch (RuntimeException e) {
            metrics.answered(HttpFailure.of(e).status());
            throw e;
        }
    }

    private void send(
            Context ctx,
            ServedModel model,
            Question question,
            @Nullable List<Map<String, Object>> answers,
            @Nullable Throwable failure,
            long start) {
        try {
            if (answers == null) {
                throw failure instanceof CompletionException e ? e : new CompletionException(failure);
            }
            ctx.header("Lungo-Model-Version", Integer.toString(model.id().version()));
            ctx.contentType("application/json").result(question.write(answers));
            metrics.answered(model.id(), 200, System.nanoTime() - start);
        } catch (RuntimeException e) {
            count(model, e, start);
            throw e;
        }
    }

    private void count(ServedModel model, RuntimeException failure, long start) {
        int code = HttpFailure.of(failure).status();
        if (code == 504) {
            metrics.refused("deadline");
        }
        metrics.answered(model.id(), code, System.nanoTime() - start);
    }

    static long deadline(Context ctx, ServedModel model) {
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
