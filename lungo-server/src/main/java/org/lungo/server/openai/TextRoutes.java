package org.lungo.server.openai;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.ChatTemplate;
import org.lungo.deploy.text.ChatTemplateException;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Message;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.Written;
import org.lungo.server.http.Calls;
import org.lungo.server.http.HttpFailure;

/** Asking a language model, in OpenAI's form. */
final class TextRoutes {
    /** OpenAI's, where a completion does not say. */
    private static final int FEW_TOKENS = 16;

    private final Calls calls;

    TextRoutes(Calls calls) {
        this.calls = calls;
    }

    private interface Route {
        CompletableFuture<?> answer(TextCall call);
    }

    /** {@code POST /v1/completions}. */
    void completions(Context ctx) {
        answer(ctx, call -> {
            call.texts().requireWriter();
            TextOrder order =
                    TextOrder.read(call.fields(), "prompt", call.texts().sampling());
            List<List<Long>> prompts = Prompts.tokens(call.fields(), "prompt", call.texts());
            return write(call, TextShape.COMPLETION, order, prompts, order.settings(FEW_TOKENS, List.of()));
        });
    }

    /** {@code POST /v1/chat/completions}. */
    void chat(Context ctx) {
        answer(ctx, call -> {
            call.texts().requireWriter();
            TextOrder order =
                    TextOrder.read(call.fields(), "messages", call.texts().sampling());
            String text = rendered(call);
            List<Long> prompt = Prompts.tokens(text, "messages", call.texts());
            int left = call.texts().bundle().context() - prompt.size();
            GenerationSettings settings =
                    order.settings(left, call.texts().chat().stops());
            return write(call, TextShape.CHAT, order, List.of(prompt), settings);
        });
    }

    private static String rendered(TextCall call) {
        ChatTemplate template = call.texts().chat();
        List<Message> messages = Prompts.messages(call.fields());
        try {
            return template.render(messages);
        } catch (ChatTemplateException e) {
            throw HttpFailure.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** {@code POST /v1/embeddings}. */
    void embeddings(Context ctx) {
        answer(ctx, call -> {
            Fields fields = call.fields();
            fields.requireOnly(Set.of("model", "input", "encoding_format", "dimensions", "user"));
            int dimensions = (int) fields.integer("dimensions", 0, 1, Integer.MAX_VALUE);
            fields.requireKind("user", String.class);
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
                            data(Vectors.shortened(vectors, dimensions), format.equals("base64")),
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
            TextCall call, TextShape shape, TextOrder order, List<List<Long>> prompts, GenerationSettings settings) {
        long queue = call.model().config().queue();
        if ((long) prompts.size() * order.choices() > queue) {
            throw Fields.bad(
                    "n",
                    "a request may ask for " + queue + " texts at most (queue). Received: " + prompts.size()
                            + " prompts with n: " + order.choices());
        }
        TextReply reply = TextReply.begin(shape, call.model().id(), echo(call, order, prompts));
        if (order.form().stream()) {
            return stream(call, reply, order, prompts, settings);
        }
        TokenLogprobs logprobs = logprobs(call, shape, order, prompts);
        TextQuestion question = new TextQuestion(
                prompts,
                order.choices(),
                settings,
                order.form().likeliest(),
                logprobs == null ? TextQuestion.Pieces.NONE : logprobs);
        return call.texts()
                .generate(question, call.deadline())
                .thenApply(texts -> reply.whole(texts, logprobs, TextReply.usage(texts, order.choices())));
    }

    /** What each answer begins with: its prompt, or nothing. */
    private static List<String> echo(TextCall call, TextOrder order, List<List<Long>> prompts) {
        if (!order.form().echo()) {
            return Collections.nCopies(prompts.size() * order.choices(), "");
        }
        return Prompts.texts(
                        call.fields(), "prompt", prompts, call.texts().bundle().tokenizer())
                .stream()
                .flatMap(text -> Collections.nCopies(order.choices(), text).stream())
                .toList();
    }

    private static @Nullable TokenLogprobs logprobs(
            TextCall call, TextShape shape, TextOrder order, List<List<Long>> prompts) {
        return order.form().likeliest() < 0
                ? null
                : new TokenLogprobs(
                        call.texts().bundle().tokenizer(),
                        shape,
                        prompts.size() * order.choices(),
                        order.form().echo());
    }

    private CompletableFuture<?> stream(
            TextCall call, TextReply reply, TextOrder order, List<List<Long>> prompts, GenerationSettings settings) {
        Context ctx = call.call().ctx();
        EventStream events = new EventStream(output(ctx), call.call().threads());
        TextStream pieces = new TextStream(reply, events, logprobs(call, reply.shape(), order, prompts));
        TextQuestion question = new TextQuestion(
                prompts, order.choices(), settings, order.form().likeliest(), pieces);
        pieces.begin(prompts.size() * order.choices());
        CompletableFuture<List<Written>> texts = call.texts().generate(question, call.deadline());
        ctx.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-cache");
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

    private void answer(Context ctx, Route route) {
        calls.answer(ctx, call -> route.answer(TextCall.begin(call)));
    }
}
