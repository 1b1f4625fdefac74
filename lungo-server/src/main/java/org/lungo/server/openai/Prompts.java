package org.lungo.server.openai;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.BadInstanceException;
import org.lungo.deploy.text.AnswersTexts;
import org.lungo.deploy.text.Message;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.server.http.HttpFailure;

/** Reads what a language model is to go on with, or to embed. */
final class Prompts {
    private static final int MAX_ITEMS = 2048;

    private Prompts() {}

    /** The tokens of a field that is a text, a list of texts, a list of tokens, or a list of such lists. */
    static List<List<Long>> tokens(Fields fields, String name, AnswersTexts model) {
        Object value = fields.get(name);
        List<?> list =
                value instanceof List<?> some && !isTokens(some) ? some : value == null ? List.of() : List.of(value);
        if (list.isEmpty() || list.size() > MAX_ITEMS) {
            throw fields.expected(name, "a text, or a list of 1 to " + MAX_ITEMS + " texts or lists of tokens");
        }
        List<List<Long>> all = new ArrayList<>();
        for (Object prompt : list) {
            all.add(prompt instanceof String text ? tokens(text, name, model) : ids(prompt, fields, name, model));
        }
        return all;
    }

    /** The prompts as texts: as they came, or what their tokens stand for. */
    static List<String> texts(Fields fields, String name, List<List<Long>> prompts, Tokenizer tokenizer) {
        Object value = fields.get(name);
        List<?> given = value instanceof List<?> list && !isTokens(list) ? list : Arrays.asList(value);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            texts.add(
                    given.get(i) instanceof String text
                            ? text
                            : tokenizer.decode(prompts.get(i).stream()
                                    .mapToInt(Math::toIntExact)
                                    .toArray()));
        }
        return texts;
    }

    private static boolean isTokens(List<?> list) {
        return !list.isEmpty() && list.stream().allMatch(Long.class::isInstance);
    }

    private static List<Long> ids(@Nullable Object prompt, Fields fields, String name, AnswersTexts model) {
        if (!(prompt instanceof List<?> list) || !isTokens(list)) {
            throw fields.expected(name, "a text, or a list of 1 to " + MAX_ITEMS + " texts or lists of tokens");
        }
        List<Long> ids = list.stream().map(Long.class::cast).toList();
        int vocabulary = model.bundle().tokenizer().size();
        if (ids.stream().anyMatch(id -> id < 0 || id >= vocabulary)) {
            throw Fields.bad(name, name + " must have tokens from 0 to " + (vocabulary - 1));
        }
        return fitting(ids, name, model);
    }

    /**
     * The tokens of {@code text}.
     *
     * @throws HttpFailure 400 when the tokenizer cannot write it, or it is as long as the model's context
     */
    static List<Long> tokens(String text, String name, AnswersTexts model) {
        try {
            return fitting(model.tokens(text), name, model);
        } catch (IllegalArgumentException e) {
            throw Fields.bad(name, name + " cannot be read by this model's tokenizer: " + e.getMessage());
        }
    }

    private static List<Long> fitting(List<Long> tokens, String name, AnswersTexts model) {
        if (tokens.size() > model.maxTokens()) {
            throw HttpFailure.ofField(
                    name,
                    "context_length_exceeded",
                    name + " must have at most " + model.maxTokens() + " tokens, for the model's context of "
                            + model.bundle().context() + ". Received: "
                            + tokens.size() + " tokens");
        }
        return tokens;
    }

    /** The messages of a conversation. */
    static List<Message> messages(Fields fields) {
        List<?> list = fields.list("messages");
        if (list == null || list.isEmpty() || list.size() > MAX_ITEMS) {
            throw fields.expected("messages", "a list of 1 to " + MAX_ITEMS + " messages");
        }
        List<Message> messages = new ArrayList<>();
        for (Object message : list) {
            messages.add(message(message, "messages[" + messages.size() + "]"));
        }
        return messages;
    }

    @SuppressWarnings("unchecked") // JSON has no other maps
    private static Message message(@Nullable Object value, String place) {
        if (!(value instanceof Map)) {
            throw Fields.bad("messages", place + " must be an object. Received: " + BadInstanceException.kind(value));
        }
        Map<String, @Nullable Object> message = (Map<String, @Nullable Object>) value;
        if (message.get("tool_calls") instanceof List<?> calls && !calls.isEmpty()) {
            throw Fields.bad("messages", place + " has tool_calls; tools are not supported");
        }
        Object role = message.get("role");
        if (!(role instanceof String text)
                || !Set.of("system", "developer", "user", "assistant").contains(text)) {
            throw Fields.bad(
                    "messages",
                    place + ".role must be system, developer, user or assistant. Received: "
                            + (role instanceof String other ? "'" + other + "'" : BadInstanceException.kind(role)));
        }
        return new Message(text.equals("developer") ? "system" : text, content(message.get("content"), place));
    }

    /** A text, or a list of parts that are texts. */
    private static String content(@Nullable Object content, String place) {
        if (content instanceof String text) {
            return text;
        }
        StringBuilder all = new StringBuilder();
        for (Object part : content instanceof List<?> parts && !parts.isEmpty() ? parts : List.of("")) {
            if (!(part instanceof Map<?, ?> map)
                    || !"text".equals(map.get("type"))
                    || !(map.get("text") instanceof String text)) {
                throw Fields.bad(
                        "messages",
                        place + ".content must be a text, or a list of {\"type\": \"text\","
                                + " \"text\": ...}; images and sound are not supported. Received: "
                                + BadInstanceException.kind(content));
            }
            all.append(text);
        }
        return all.toString();
    }
}
