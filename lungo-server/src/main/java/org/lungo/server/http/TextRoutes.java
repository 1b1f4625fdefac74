package org.lungo.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.AnswersTexts;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.Written;
import org.lungo.server.metrics.ServerMetrics;
import org.lungo.server.registry.Lease;
import org.lungo.server.registry.Models;
import org.lungo.server.registry.ServedModel;

/** Asking a language model, in OpenAI's form. */
final class TextRoutes {
    /** How long a body may take; which model it asks is not known before. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** OpenAI's, where a completion does not say. */
    private static final int FEW_TOKENS = 16;

    private final Models models;
    private final ServerMetrics metrics;
    private final Bodies bodies;
    private final StrictJson json;

    TextRoutes(Models models, ServerMetrics metrics, Limits limits, Bodies bodies) {
        this.models = models;
        this.metrics = metrics;
        this.bodies = bodies;
        this.json = new StrictJson(limits);
    }

    /** A request whose model is known. */
    private record Call(Context ctx, ServedModel model, Fields fields, long deadline) {
        AnswersTexts texts() {
            return answers(model);
        }
    }

    private static AnswersTexts answers(ServedModel model) {
        return model.ability(AnswersTexts.class, "is no language model");
    }

    private interface Route {
        CompletableFuture<?> answer(Call call);
    }

    /** {@code POST /v1/completions}. */
    void completions(Context ctx) {
        answer(ctx, call -> {
            call.texts().requireWriter();
            TextOrder order = TextOrder.read(call.fields(), "prompt");
            List<List<Long>> prompts = Prompts.tokens(call.fields(), "prompt", call.texts());
            return write(call, TextShape.COMPLETION, order, prompts, order.settings(FEW_TOKENS, List.of()));
        });
    }

    /** {@code POST /v1/chat/completions}. */
    void chat(Context ctx) {
        answer(ctx, call -> {
            call.texts().requireWriter();
            TextOrder order = TextOrder.read(call.fields(), "messages");
            String text = call.texts().chat().render(Prompts.messages(call.fields()));
            List<Long> prompt = Prompts.tokens(text, "messages", call.texts());
            int left = call.texts().bundle().context() - prompt.size();
            GenerationSettings settings =
                    order.settings(left, call.texts().chat().stops());
            return write(call, TextShape.CHAT, order, List.of(prompt), settings);
        });
    }

    /** {@code POST /v1/embeddings}. */
    void embeddings(Context ctx) {
        answer(ctx, call -> {
            Fields fields = call.fields();
            fields.requireOnly(Set.of("model", "input", "encoding_format", "user"));
            String format = fields.has("encoding_format") ? fields.text("encoding_format") : "float";
            if (!format.equals("float") && !format.equals("base64")) {
                throw Fields.bad(
                        "encoding_format", "encoding_format must be float or base64. Received: '" + format + "'");
            }
            List<List<Long>> texts = Prompts.tokens(fields, "input", call.texts());
            if (texts.stream().anyMatch(List::isEmpty)) {
                throw Fields.bad("input", "input must not be empty");
            }
            int tokens = texts.stream().mapToInt(List::size).sum();
            return call.texts()
                    .embed(texts, call.deadline())
                    .thenApply(vectors -> Map.of(
                            "object",
                            "list",
                            "data",
                            data(vectors, format.equals("base64")),
                            "model",
                            call.model().id().name(),
                            "usage",
                            Map.of("prompt_tokens", tokens, "total_tokens", tokens)));
        });
    }

    private static List<Object> data(List<float[]> vectors, boolean packed) {
        List<Object> data = new ArrayList<>();
        for (float[] vector : vectors) {
            Object embedding = packed ? packed(vector) : vector;
            data.add(Map.of("object", "embedding", "index", data.size(), "embedding", embedding));
        }
        return data;
    }

    /** 32-bit floating point numbers, the lowest byte first. */
    private static String packed(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private CompletableFuture<?> write(
            Call call, TextShape shape, TextOrder order, List<List<Long>> prompts, GenerationSettings settings) {
        long most = call.model().config().queue();
        if ((long) prompts.size() * order.choices() > most) {
            throw Fields.bad(
                    "n",
                    "a request may ask for " + most + " texts at most (queue). Received: " + prompts.size()
                            + " prompts with n: " + order.choices());
        }
        TextReply reply = TextReply.begin(shape, call.model().id());
        if (order.form().stream()) {
            return stream(call, reply, order, prompts, settings);
        }
        TokenOdds odds = odds(call, shape, order, prompts);
        TextQuestion question = new TextQuestion(
                prompts,
                order.choices(),
                settings,
                order.form().likeliest(),
                odds == null ? TextQuestion.Pieces.NONE : odds);
        return call.texts()
                .generate(question, call.deadline())
                .thenApply(texts -> reply.whole(texts, odds, TextReply.usage(texts, order.choices())));
    }

    private static @Nullable TokenOdds odds(Call call, TextShape shape, TextOrder order, List<List<Long>> prompts) {
        return order.form().likeliest() < 0
                ? null
                : new TokenOdds(call.texts().bundle().tokenizer(), shape, prompts.size() * order.choices());
    }

    private CompletableFuture<?> stream(
            Call call, TextReply reply, TextOrder order, List<List<Long>> prompts, GenerationSettings settings) {
        EventStream events = new EventStream(output(call.ctx()), JettyRequest.threads(call.ctx()));
        TextStream pieces = new TextStream(reply, events, odds(call, reply.shape(), order, prompts));
        TextQuestion question = new TextQuestion(
                prompts, order.choices(), settings, order.form().likeliest(), pieces);
        pieces.begin(prompts.size() * order.choices());
        CompletableFuture<List<Written>> texts = call.texts().generate(question, call.deadline());
        call.ctx().contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-cache");
        events.start();
        return texts.handle((all, failure) -> {
                    if (all == null) {
                        events.fail(OpenAiError.of(
                                HttpFailure.of(failure == null ? new IllegalStateException("no answer") : failure)));
                    } else {
                        if (order.form().usage()) {
                            events.send(reply.usage(TextReply.usage(all, order.choices())));
                        }
                        events.finish();
                    }
                    return all;
                })
                .thenCombine(events.done(), (all, end) -> null);
    }

    private static java.io.OutputStream output(Context ctx) {
        try {
            return ctx.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers later: the thread that comes here is free at once. */
    private void answer(Context ctx, Route route) {
        long start = System.nanoTime();
        ctx.future(() -> {
            try {
                return bodies.read(ctx, start + PATIENCE)
                        .thenComposeAsync(
                                body -> begin(ctx, new Fields(json.object(body)), route, start),
                                JettyRequest.threads(ctx))
                        .handleAsync((answer, failure) -> tell(ctx, answer, failure, start), JettyRequest.threads(ctx));
            } catch (RuntimeException e) {
                metrics.answered(HttpFailure.of(e).status());
                throw e;
            }
        });
    }

    private CompletableFuture<?> begin(Context ctx, Fields fields, Route route, long start) {
        Lease lease = models.lease(fields.text("model"), null);
        JettyRequest.atEnd(ctx, lease::close);
        ServedModel model = lease.model();
        ctx.attribute(AccessLog.MODEL, model.id().toString());
        ctx.attribute(Lease.class.getName(), lease);
        answers(model);
        model.requireRoom();
        ctx.header("Lungo-Model-Version", Integer.toString(model.id().version()));
        long deadline = start + TimeUnit.MILLISECONDS.toNanos(InferenceRoutes.deadline(ctx, model));
        return route.answer(new Call(ctx, model, fields, deadline));
    }

    /** Sends an answer that was not streamed, or says why there is none. */
    private @Nullable Object tell(Context ctx, @Nullable Object answer, @Nullable Throwable failure, long start) {
        int code = failure == null ? 200 : HttpFailure.of(failure).status();
        Lease lease = ctx.attribute(Lease.class.getName());
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
