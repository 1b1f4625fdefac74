package org.lungo.server.openai;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.text.AnswersTexts;
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
                            + tokens.size() + " tokens; shorten it, or use a model with a longer context");
        }
        return tokens;
    }
}
