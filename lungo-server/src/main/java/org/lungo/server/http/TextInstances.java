package org.lungo.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.family.labelling.LabelAnswerer;
import org.lungo.family.labelling.LabelPrediction;
import org.lungo.family.labelling.Labelled;
import org.lungo.family.translation.Translator.Translation;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and answers texts for a tagger: {@code {"instances": ["a text", {"text": "another"}, {"tokens": ["a", "third"]}]}};
 * and for a model that translates, which takes no tokens.
 */
record TextInstances(StrictJson json, Limits limits) {
    /** A request may hold so many characters: each passes through the network. */
    private static final long MOST_CHARACTERS = 1 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Texts, of which some may be in tokens already.
     *
     * @throws HttpFailure 400 naming the instance and what was expected
     */
    List<LabelAnswerer.Question> read(byte[] body) {
        return read(body, true);
    }

    /**
     * Texts alone.
     *
     * @throws HttpFailure 400 naming the instance and what was expected
     */
    List<String> readTexts(byte[] body) {
        return read(body, false).stream().map(LabelAnswerer.Question::text).toList();
    }

    private List<LabelAnswerer.Question> read(byte[] body, boolean tokens) {
        String expected = "expected {\"instances\": [\"a text\", "
                + (tokens ? "{\"tokens\": [\"a\", \"text\"]}, ...]}" : "{\"text\": \"another\"}, ...]}")
                + " with one text or more";
        Map<String, @Nullable Object> object = json.object(body);
        for (String name : object.keySet()) {
            if (!name.equals("instances")) {
                throw HttpFailure.badRequest("unknown field '" + name + "'; " + expected);
            }
        }
        if (!(object.get("instances") instanceof List<?> list) || list.isEmpty()) {
            throw HttpFailure.badRequest(expected + ". Received: " + StrictJson.kind(object.get("instances")));
        }
        if (list.size() > limits.rows()) {
            throw HttpFailure.badRequest("a request may hold " + limits.rows()
                    + " texts at most; send fewer, or use the command line for whole files");
        }
        List<LabelAnswerer.Question> questions = new ArrayList<>();
        long characters = 0;
        for (Object instance : list) {
            LabelAnswerer.Question question = question(questions.size() + 1, instance, tokens);
            questions.add(question);
            characters += question.text().length();
        }
        if (characters > MOST_CHARACTERS) {
            throw HttpFailure.badRequest("a request may hold " + MOST_CHARACTERS
                    + " characters at most; send fewer texts, or use the command line for whole files");
        }
        return questions;
    }

    private static LabelAnswerer.Question question(int number, @Nullable Object instance, boolean tokens) {
        if (instance instanceof String text) {
            return new LabelAnswerer.Question(text, null);
        }
        if (instance instanceof Map<?, ?> fields && fields.size() == 1) {
            if (fields.get("text") instanceof String text) {
                return new LabelAnswerer.Question(text, null);
            }
            if (tokens
                    && fields.get("tokens") instanceof List<?> list
                    && list.stream().allMatch(token -> token instanceof String text && !text.isBlank())) {
                List<String> words = list.stream().map(String.class::cast).toList();
                return new LabelAnswerer.Question(String.join(" ", words), words);
            }
        }
        throw HttpFailure.badRequest("instance " + number + " must be a text"
                + (tokens
                        ? ", {\"text\": \"...\"} or {\"tokens\": [...]} with texts that are not empty"
                        : " or {\"text\": \"...\"}")
                + ". Received: " + StrictJson.kind(instance));
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
