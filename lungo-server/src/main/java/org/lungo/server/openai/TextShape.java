package org.lungo.server.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How texts stand in answers of OpenAI's form. */
enum TextShape {
    /** {@code POST /v1/completions}. */
    COMPLETION("cmpl-", "text_completion", "text_completion") {
        @Override
        Map<String, @Nullable Object> choice(int index, String text, @Nullable Object logprobs, String reason) {
            return entry(index, "text", text, logprobs, reason);
        }

        @Override
        Map<String, @Nullable Object> piece(
                int index, String text, @Nullable Object logprobs, @Nullable String reason) {
            return entry(index, "text", text, logprobs, reason);
        }
    },
    /** {@code POST /v1/chat/completions}. */
    CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk") {
        @Override
        Map<String, @Nullable Object> choice(int index, String text, @Nullable Object logprobs, String reason) {
            Map<String, @Nullable Object> message = new LinkedHashMap<>();
            message.put("role", "assistant");
            message.put("content", text);
            message.put("refusal", null);
            return entry(index, "message", message, logprobs, reason);
        }

        @Override
        Map<String, @Nullable Object> piece(
                int index, String text, @Nullable Object logprobs, @Nullable String reason) {
            return entry(index, "delta", reason == null ? Map.of("content", text) : Map.of(), logprobs, reason);
        }
    };

    private final String prefix;
    private final String whole;
    private final String chunk;

    TextShape(String prefix, String whole, String chunk) {
        this.prefix = prefix;
        this.whole = whole;
        this.chunk = chunk;
    }

    String prefix() {
        return prefix;
    }

    /** The kind of object that an answer, or a piece of one, is. */
    String object(boolean piece) {
        return piece ? chunk : whole;
    }

    /** A complete answer, with the {@link TokenLogprobs} of its tokens where they were asked for. */
    abstract Map<String, @Nullable Object> choice(int index, String text, @Nullable Object logprobs, String reason);

    /** The next piece of an answer, or its end when there is a reason for it. */
    abstract Map<String, @Nullable Object> piece(
            int index, String text, @Nullable Object logprobs, @Nullable String reason);

    /** What comes before the first piece: who speaks. */
    Map<String, @Nullable Object> opening(int index) {
        return entry(index, "delta", Map.of("role", "assistant", "content", ""), null, null);
    }

    static Map<String, @Nullable Object> entry(
            int index, String name, Object value, @Nullable Object logprobs, @Nullable String reason) {
        Map<String, @Nullable Object> choice = new LinkedHashMap<>();
        choice.put("index", index);
        choice.put(name, value);
        choice.put("logprobs", logprobs);
        choice.put("finish_reason", reason);
        return choice;
    }
}
