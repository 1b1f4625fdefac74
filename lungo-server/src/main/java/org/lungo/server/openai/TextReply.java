package org.lungo.server.openai;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.Written;
import org.lungo.server.registry.ModelId;

/**
 * The head that all objects of one answer share, and what is said in them.
 *
 * @param created seconds since 1970
 * @param echo what each answer begins with before it is written; empty texts where prompts are not repeated
 */
record TextReply(TextShape shape, String id, long created, ModelId model, List<String> echo) {
    static TextReply begin(TextShape shape, ModelId model, List<String> echo) {
        String id = shape.prefix() + UUID.randomUUID().toString().replace("-", "");
        return new TextReply(shape, id, Instant.now().getEpochSecond(), model, echo);
    }

    private Map<String, @Nullable Object> object(boolean piece, List<?> choices) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("id", id);
        object.put("object", shape.object(piece));
        object.put("created", created);
        object.put("model", model.name());
        object.put("system_fingerprint", "version-" + model.version());
        object.put("choices", choices);
        return object;
    }

    /** The whole answer, with the logprobs of its tokens where they were asked for. */
    Map<String, @Nullable Object> whole(List<Written> texts, Scores logprobs, Map<String, Integer> usage) {
        List<Object> choices = new ArrayList<>();
        for (Written text : texts) {
            Object scores = logprobs.take(choices.size());
            String whole = echo.get(choices.size()) + text.text();
            choices.add(shape.choice(choices.size(), whole, scores, reason(text)));
        }
        Map<String, @Nullable Object> object = object(false, choices);
        object.put("usage", usage);
        return object;
    }

    /** A piece of a stream. */
    Map<String, @Nullable Object> piece(Map<String, @Nullable Object> choice) {
        return object(true, List.of(choice));
    }

    /** The last piece of a stream, if it was asked for. */
    Map<String, @Nullable Object> usage(Map<String, Integer> usage) {
        Map<String, @Nullable Object> object = object(true, List.of());
        object.put("usage", usage);
        return object;
    }

    /** Why a text is no longer. */
    static String reason(Written text) {
        return text.stopped() ? "stop" : "length";
    }

    /** The tokens of prompts, each counted once, and of all answers to them. */
    static Map<String, Integer> usage(List<Written> texts, int choices) {
        int prompt = 0;
        int completion = 0;
        for (int i = 0; i < texts.size(); i++) {
            prompt += i % choices == 0 ? texts.get(i).promptTokens() : 0;
            completion += texts.get(i).tokens();
        }
        Map<String, Integer> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", prompt);
        usage.put("completion_tokens", completion);
        usage.put("total_tokens", prompt + completion);
        return usage;
    }
}
