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
        List<TextInstance> texts = new ArrayList<>();
        long characters = 0;
        for (Object instance : instances) {
            TextInstance text = of(texts.size() + 1, instance, tokens);
            texts.add(text);
            characters += text.text().length();
        }
        if (characters > MAX_CHARACTERS) {
            throw new BadInstanceException("a request may hold " + MAX_CHARACTERS
                    + " characters at most; send fewer texts, or use the command line for whole files");
        }
        return texts;
    }

    private static TextInstance of(int number, @Nullable Object instance, boolean tokens) {
        if (instance instanceof String text) {
            return new TextInstance(text, null);
        }
        if (instance instanceof Map<?, ?> fields && fields.size() == 1) {
            if (fields.get("text") instanceof String text) {
                return new TextInstance(text, null);
            }
            if (tokens
                    && fields.get("tokens") instanceof List<?> list
                    && list.stream().allMatch(token -> token instanceof String text && !text.isBlank())) {
                List<String> words = list.stream().map(String.class::cast).toList();
                return new TextInstance(String.join(" ", words), words);
            }
        }
        throw new BadInstanceException("instance " + number + " must be a text"
                + (tokens
                        ? ", {\"text\": \"...\"} or {\"tokens\": [...]} with texts that are not empty"
                        : " or {\"text\": \"...\"}")
                + ". Received: " + BadInstanceException.kind(instance));
    }
}
