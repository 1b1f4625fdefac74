package org.lungo.server.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.BadInstanceException;
import org.lungo.deploy.text.Message;
import org.lungo.server.http.HttpFailure;

/**
 * Reads the messages of a conversation.
 *
 * @param field where they stand
 * @param expected what else the field may be, in words
 * @param types of the parts of a content that are texts
 */
record Messages(String field, String expected, Set<String> types) {
    /** Those of {@code /v1/chat/completions}. */
    static final Messages CHAT = new Messages("messages", "", Set.of("text"));

    /** Those of {@code /v1/responses}. */
    static final Messages INPUT = new Messages("input", "a text, or ", Set.of("input_text", "output_text"));

    private static final int MAX_MESSAGES = 2048;
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");

    /**
     * The messages, at least one.
     *
     * @throws HttpFailure 400 naming what is wrong
     */
    List<Message> read(Fields fields) {
        List<?> list = fields.get(field) instanceof List<?> some ? some : null;
        if (list == null) {
            throw fields.expected(field, expected + "a list of messages");
        }
        if (list.isEmpty() || list.size() > MAX_MESSAGES) {
            throw Fields.bad(
                    field,
                    field + " must have at least one message and at most " + MAX_MESSAGES + ". Received: "
                            + (list.isEmpty() ? "an empty list" : list.size() + " messages"));
        }
        List<Message> messages = new ArrayList<>();
        for (Object message : list) {
            messages.add(message(message, field + "[" + messages.size() + "]"));
        }
        return messages;
    }

    @SuppressWarnings("unchecked") // JSON has no other maps
    private Message message(@Nullable Object value, String place) {
        if (!(value instanceof Map)) {
            throw Fields.bad(field, place + " must be an object. Received: " + BadInstanceException.kind(value));
        }
        Map<String, @Nullable Object> message = (Map<String, @Nullable Object>) value;
        Object type = message.get("type");
        if (type != null && !type.equals("message") && !message.containsKey("role")) {
            throw Fields.bad(
                    field,
                    place + ".type must be message; tools and references are not supported. Received: " + shown(type));
        }
        if (message.get("tool_calls") instanceof List<?> calls && !calls.isEmpty()) {
            throw Fields.bad(field, place + " has tool_calls; tools are not supported");
        }
        Object role = message.get("role");
        if (!(role instanceof String text) || !ROLES.contains(text)) {
            throw Fields.bad(
                    field, place + ".role must be system, developer, user or assistant. Received: " + shown(role));
        }
        return new Message(text.equals("developer") ? "system" : text, content(message.get("content"), place));
    }

    private static String shown(@Nullable Object value) {
        return value instanceof String text ? "'" + text + "'" : BadInstanceException.kind(value);
    }

    /** A text, or a list of parts that are texts. */
    private String content(@Nullable Object content, String place) {
        if (content instanceof String text) {
            return text;
        }
        StringBuilder all = new StringBuilder();
        for (Object part : content instanceof List<?> parts && !parts.isEmpty() ? parts : List.of("")) {
            if (!(part instanceof Map<?, ?> map)
                    || !(map.get("type") instanceof String type && types.contains(type))
                    || !(map.get("text") instanceof String text)) {
                throw Fields.bad(
                        field,
                        place + ".content must be a text, or a list of {\"type\": \""
                                + types.stream().sorted().findFirst().orElseThrow()
                                + "\", \"text\": ...}; images and sound are not supported. Received: "
                                + (part instanceof Map<?, ?> other && other.get("type") instanceof String kind
                                        ? "a part of type '" + kind + "'"
                                        : BadInstanceException.kind(content)));
            }
            all.append(text);
        }
        return all.toString();
    }
}
