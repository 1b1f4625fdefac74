package org.lungo.deploy.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.BadInstanceException;

/**
 * A text that a model is asked about.
 *
 * @param tokens null, unless it came in tokens
 */
public record TextInstance(String text, @Nullable List<String> tokens) {
    /** The maximum number of characters in a request: each passes through the network. */
    private static final long MAX_CHARACTERS = 1 << 20;

    /**
     * Reads texts: each {@code "a text"}, {@code {"text": "another"}} or, where a model takes them, {@code {"tokens": ["a",
     * "third"]}}.
     *
     * @param tokens whether the model takes tokens
     * @throws BadInstanceException naming the instance and what was expected
     */
    public static List<TextInstance> read(List<@Nullable Object> instances, boolean tokens) {
        return read(instances, tokens ? Also.TOKENS : Also.NOTHING);
    }

    /**
     * Reads texts that are to be continued: each {@code "a text"}, {@code {"prompt": "another"}} or {@code {"text": "a
     * third"}}, as in files.
     *
     * @throws BadInstanceException naming the instance and what was expected
     */
    public static List<TextInstance> readPrompts(List<@Nullable Object> instances) {
        return read(instances, Also.PROMPT);
    }

    /** What an instance may be besides a text and {@code {"text": ...}}, in words. */
    private enum Also {
        NOTHING(" or {\"text\": \"...\"}"),
        TOKENS(", {\"text\": \"...\"} or {\"tokens\": [...]} with texts that are not empty"),
        PROMPT(", {\"prompt\": \"...\"} or {\"text\": \"...\"}");

        private final String words;

        Also(String words) {
            this.words = words;
        }
    }

    private static List<TextInstance> read(List<@Nullable Object> instances, Also also) {
        List<TextInstance> texts = new ArrayList<>();
        long characters = 0;
        for (Object instance : instances) {
            TextInstance text = of(texts.size() + 1, instance, also);
            texts.add(text);
            characters += text.text().length();
        }
        if (characters > MAX_CHARACTERS) {
            throw new BadInstanceException("a request may hold " + MAX_CHARACTERS
                    + " characters at most; send fewer texts, or use the command line for whole files");
        }
        return texts;
    }

    private static TextInstance of(int number, @Nullable Object instance, Also also) {
        if (instance instanceof String text) {
            return new TextInstance(text, null);
        }
        if (instance instanceof Map<?, ?> fields && fields.size() == 1) {
            if (fields.get("text") instanceof String text) {
                return new TextInstance(text, null);
            }
            if (also == Also.PROMPT && fields.get("prompt") instanceof String text) {
                return new TextInstance(text, null);
            }
            if (also == Also.TOKENS
                    && fields.get("tokens") instanceof List<?> list
                    && list.stream().allMatch(token -> token instanceof String text && !text.isBlank())) {
                List<String> words = list.stream().map(String.class::cast).toList();
                return new TextInstance(String.join(" ", words), words);
            }
        }
        throw new BadInstanceException("instance " + number + " must be a text" + also.words + ". Received: "
                + (instance instanceof Map<?, ?> fields && fields.containsKey("prompt") && fields.containsKey("text")
                        ? "both prompt and text; leave one out"
                        : BadInstanceException.kind(instance)));
    }
}
