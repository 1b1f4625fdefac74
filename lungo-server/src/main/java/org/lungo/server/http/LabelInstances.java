package org.lungo.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.labels.LabelPrediction;
import org.lungo.deploy.labels.Labelled;
import org.lungo.server.registry.LabelAnswerer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and answers texts for a tagger: {@code {"instances": ["a text", {"text": "another"}, {"tokens": ["a", "third"]}]}}.
 */
record LabelInstances(StrictJson json, Limits limits) {
    /** A request may hold so many characters: each passes through the network. */
    private static final long MOST_CHARACTERS = 1 << 20;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String EXPECTED =
            "expected {\"instances\": [\"a text\", {\"tokens\": [\"a\", \"text\"]}, ...]} with one text or more";

    /**
     * The texts.
     *
     * @throws HttpFailure 400 naming the instance and what was expected
     */
    List<LabelAnswerer.Question> read(byte[] body) {
        Map<String, @Nullable Object> object = json.object(body);
        for (String name : object.keySet()) {
            if (!name.equals("instances")) {
                throw HttpFailure.badRequest("unknown field '" + name + "'; " + EXPECTED);
            }
        }
        if (!(object.get("instances") instanceof List<?> list) || list.isEmpty()) {
            throw HttpFailure.badRequest(EXPECTED + ". Received: " + StrictJson.kind(object.get("instances")));
        }
        if (list.size() > limits.rows()) {
            throw HttpFailure.badRequest("a request may hold " + limits.rows()
                    + " texts at most; send fewer, or use lungo predict for whole files");
        }
        List<LabelAnswerer.Question> questions = new ArrayList<>();
        long characters = 0;
        for (Object instance : list) {
            LabelAnswerer.Question question = question(questions.size() + 1, instance);
            questions.add(question);
            characters += question.text().length();
        }
        if (characters > MOST_CHARACTERS) {
            throw HttpFailure.badRequest("a request may hold " + MOST_CHARACTERS
                    + " characters at most; send fewer texts, or use lungo predict for whole files");
        }
        return questions;
    }

    private static LabelAnswerer.Question question(int number, @Nullable Object instance) {
        if (instance instanceof String text) {
            return new LabelAnswerer.Question(text, null);
        }
        if (instance instanceof Map<?, ?> fields && fields.size() == 1) {
            if (fields.get("text") instanceof String text) {
                return new LabelAnswerer.Question(text, null);
            }
            if (fields.get("tokens") instanceof List<?> list
                    && list.stream().allMatch(token -> token instanceof String text && !text.isBlank())) {
                List<String> tokens = list.stream().map(String.class::cast).toList();
                return new LabelAnswerer.Question(String.join(" ", tokens), tokens);
            }
        }
        throw HttpFailure.badRequest(
                "instance " + number + " must be a text, {\"text\": \"...\"} or {\"tokens\": [...]}"
                        + " with texts that are not empty. Received: " + StrictJson.kind(instance));
    }

    /** {@code {"predictions": [{"tokens": [...], "labels": [...], "entities": [...]}]}}. */
    static byte[] write(List<Labelled> answers) {
        return JSON.writeValueAsBytes(Map.of(
                "predictions", answers.stream().map(LabelPrediction::toMap).toList()));
    }
}
