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
import org.lungo.deploy.text.ChatTemplate;
import org.lungo.deploy.text.ChatTemplateException;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Message;
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
            List<String> echo = order.form().echo()
                    ? Prompts.texts(
                            call.fields(),
                            "prompt",
                            prompts,
                            call.texts().bundle().tokenizer())
                    : Collections.nCopies(prompts.size(), "");
            AnswerForm form = Choices.of(call, TextShape.COMPLETION, order, echo);
            return write(call, order, prompts, order.settings(FEW_TOKENS, List.of()), form);
        });
    }

    /** {@code POST /v1/chat/completions}. */
    void chat(Context ctx) {
        answer(ctx, call -> {
            call.texts().requireWriter();
            TextOrder order =
                    TextOrder.read(call.fields(), "messages", call.texts().sampling());
            List<Message> messages = Messages.CHAT.read(call.fields());
            return converse(call, order, "messages", messages, Choices.of(call, TextShape.CHAT, order, List.of("")));
        });
    }

    /** {@code POST /v1/responses}. */
    void responses(Context ctx) {
        answer(ctx, call -> {
            call.texts().requireWriter();
            TextOrder order = ResponseOrder.read(call.fields(), call.texts().sampling());
            List<Message> messages = ResponseOrder.messages(call.fields());
            return converse(call, order, "input", messages, ResponseForm.begin(call, order));
        });
    }

    /** Goes on with a conversation, until the context is full where the request does not say. */
    private CompletableFuture<?> converse(
            TextCall call, TextOrder order, String field, List<Message> messages, AnswerForm form) {
        ChatTemplate template = call.texts().chat();
        List<Long> prompt = Prompts.tokens(rendered(template, messages), field, call.texts());
        int left = call.texts().bundle().context() - prompt.size();
        return write(call, order, List.of(prompt), order.settings(left, template.stops()), form);
    }

    private static String rendered(ChatTemplate template, List<Message> messages) {
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
            TextCall call, TextOrder order, List<List<Long>> prompts, GenerationSettings settings, AnswerForm form) {
        long queue = call.model().config().queue();
        if ((long) prompts.size() * order.choices() > queue) {
            throw Fields.bad(
                    "n",
                    "a request may ask for " + queue + " texts at most (queue). Received: " + prompts.size()
                            + " prompts with n: " + order.choices());
        }
        if (order.form().stream()) {
            return stream(call, order, prompts, settings, form);
        }
        return call.texts()
                .generate(order.question(prompts, settings, form.listener()), call.deadline())
                .thenApply(form::whole);
    }

    private CompletableFuture<?> stream(
            TextCall call, TextOrder order, List<List<Long>> prompts, GenerationSettings settings, AnswerForm form) {
        Context ctx = call.call().ctx();
        EventStream stream = new EventStream(output(ctx), call.call().threads());
        AnswerForm.Events events = form.events(stream);
        events.begin();
        CompletableFuture<List<Written>> texts =
                call.texts().generate(order.question(prompts, settings, events), call.deadline());
        ctx.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-cache");
        stream.start();
        return texts.handle((all, failure) -> {
                    if (all == null) {
                        events.fail(HttpFailure.of(failure == null ? new IllegalStateException("no answer") : failure));
                    } else {
                        events.end(all);
                    }
                    return all;
                })
                .thenCombine(stream.done(), (all, end) -> null);
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
