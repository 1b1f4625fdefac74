package org.lungo.server.openai;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.TextQuestion;
import org.lungo.deploy.text.Written;
import org.lungo.server.http.HttpFailure;

/**
 * An answer as the {@code response} of OpenAI's Responses API: one message of one text.
 *
 * @param id of the response
 * @param item the id of its message
 * @param created seconds since 1970
 * @param order what was asked for
 */
record ResponseForm(String id, String item, long created, TextCall call, TextOrder order) implements AnswerForm {
    static ResponseForm begin(TextCall call, TextOrder order) {
        return new ResponseForm(
                "resp_" + unique(), "msg_" + unique(), Instant.now().getEpochSecond(), call, order);
    }

    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public TextQuestion.Pieces listener() {
        return TextQuestion.Pieces.NONE;
    }

    @Override
    public Object whole(List<Written> texts) {
        return ended(texts.get(0));
    }

    @Override
    public Events events(EventStream stream) {
        return new ResponseEvents(this, stream);
    }

    /** The response before there is a text. */
    Map<String, @Nullable Object> begun() {
        return response("in_progress", List.of());
    }

    /** The response with its text. */
    Map<String, @Nullable Object> ended(Written text) {
        Map<String, @Nullable Object> response =
                response(status(text), List.of(message(status(text), List.of(part(text.text())))));
        if (text.stopped()) {
            response.put("completed_at", Instant.now().getEpochSecond());
        } else {
            response.put("incomplete_details", Map.of("reason", "max_output_tokens"));
        }
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("input_tokens", text.promptTokens());
        usage.put("input_tokens_details", Map.of("cached_tokens", 0, "cache_write_tokens", 0));
        usage.put("output_tokens", text.tokens());
        usage.put("output_tokens_details", Map.of("reasoning_tokens", 0));
        usage.put("total_tokens", text.promptTokens() + text.tokens());
        response.put("usage", usage);
        return response;
    }

    /** The response that came to nothing. */
    Map<String, @Nullable Object> failed(HttpFailure failure) {
        Map<String, @Nullable Object> response = response("failed", List.of());
        String code = failure.status() == 429 ? "rate_limit_exceeded" : "server_error";
        response.put("error", Map.of("code", code, "message", String.valueOf(failure.getMessage())));
        return response;
    }

    /** Whether the model, or its template, ended the text. */
    static String status(Written text) {
        return text.stopped() ? "completed" : "incomplete";
    }

    /** The message of the response. */
    Map<String, Object> message(String status, List<Object> content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", item);
        message.put("type", "message");
        message.put("status", status);
        message.put("role", "assistant");
        message.put("content", content);
        return message;
    }

    /** The content of the message. */
    static Map<String, Object> part(String text) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "output_text");
        part.put("annotations", List.of());
        part.put("logprobs", List.of());
        part.put("text", text);
        return part;
    }

    private Map<String, @Nullable Object> response(String status, List<Object> output) {
        Fields asked = call.fields();
        Map<String, @Nullable Object> response = new LinkedHashMap<>();
        response.put("id", id);
        response.put("object", "response");
        response.put("created_at", created);
        response.put("status", status);
        response.put("background", false);
        response.put("error", null);
        response.put("incomplete_details", null);
        response.put("instructions", asked.get("instructions"));
        response.put("max_output_tokens", asked.get("max_output_tokens"));
        response.put("model", call.model().id().name());
        response.put("output", output);
        response.put("parallel_tool_calls", true);
        response.put("previous_response_id", null);
        response.put("store", false);
        response.put("temperature", order.sampling().temperature());
        response.put("text", Map.of("format", Map.of("type", "text")));
        response.put("tool_choice", "auto");
        response.put("tools", List.of());
        response.put("top_p", order.sampling().topP());
        response.put("truncation", "disabled");
        response.put("usage", null);
        Object metadata = asked.get("metadata");
        response.put("metadata", metadata == null ? Map.of() : metadata);
        return response;
    }
}
