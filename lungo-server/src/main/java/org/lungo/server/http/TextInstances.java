package org.lungo.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.labels.LabelPrediction;
import org.lungo.deploy.labels.Labelled;
import org.lungo.deploy.translation.Translator.Translation;
import org.lungo.server.registry.LabelAnswerer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and answers texts for a tagger: {@code {"instances": ["a text", {"text": "another"}, {"tokens": ["a", "third"]}]}};
 * and for a model that translates, which takes no tokens.
 */
record TextInstances(StrictJson json, Limits limits) {
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
                    + " texts at most; send fewer, or use the command line for whole files");
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
                    + " characters at most; send fewer texts, or use the command line for whole files");
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

    /**
     * The texts of a request that has no tokens.
     *
     * @throws HttpFailure 400 naming the instance and what was expected
     */
    List<String> readTexts(byte[] body) {
        List<String> texts = new ArrayList<>();
        for (LabelAnswerer.Question question : read(body)) {
            if (question.tokens() != null) {
                throw HttpFailure.badRequest(
                        "instance " + (texts.size() + 1) + " must be a text or {\"text\": \"...\"}. Received: tokens");
            }
            texts.add(question.text());
        }
        return texts;
    }

    /** {@code {"predictions": [{"tokens": [...], "labels": [...], "entities": [...]}]}}. */
    static byte[] labels(List<Labelled> answers) {
        return JSON.writeValueAsBytes(Map.of(
                "predictions", answers.stream().map(LabelPrediction::toMap).toList()));
    }

    /** {@code {"predictions": [{"translation": "...", "ended": true}]}}. */
    static byte[] translations(List<Translation> answers) {
        List<Map<String, Object>> predictions = new ArrayList<>();
        for (Translation answer : answers) {
            Map<String, Object> prediction = new LinkedHashMap<>();
            prediction.put("translation", answer.text());
            prediction.put("ended", answer.ended());
            predictions.add(prediction);
        }
        return JSON.writeValueAsBytes(Map.of("predictions", predictions));
    }
}
