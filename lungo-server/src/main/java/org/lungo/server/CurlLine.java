package org.lungo.server;

import java.util.List;
import java.util.Map;
import org.lungo.deploy.text.AnswersTexts;
import org.lungo.server.registry.ServedModel;
import tools.jackson.databind.json.JsonMapper;

/** A request to a model as a line for a shell. */
final class CurlLine {
    private static final JsonMapper JSON = new JsonMapper();

    private CurlLine() {}

    /** Asks {@code model} for its own example; one of texts, for all, in OpenAI's form, which other programs speak. */
    static String of(String url, ServedModel model, boolean keys) {
        String name = model.id().name();
        List<?> examples = model.answerer().form().examples();
        if (model.answerer() instanceof AnswersTexts texts) {
            Object prompt = examples.isEmpty() ? "" : texts(examples).get(0);
            return texts.writes()
                    ? line(url + "/v1/completions", keys, Map.of("model", name, "prompt", prompt, "max_tokens", 50))
                    : line(url + "/v1/embeddings", keys, Map.of("model", name, "input", texts(examples)));
        }
        Object example = examples.isEmpty() ? Map.of() : examples.get(0);
        return line(url + "/v1/models/" + name + ":predict", keys, Map.of("instances", List.of(example)));
    }

    private static List<Object> texts(List<?> examples) {
        return examples.stream()
                .map(example -> example instanceof Map<?, ?> fields ? fields.get("text") : example)
                .toList();
    }

    private static String line(String url, boolean keys, Map<String, Object> fields) {
        String body = JSON.writeValueAsString(new java.util.TreeMap<>(fields)).replace("'", "'\\''");
        return "curl " + url
                + (keys ? " -H \"Authorization: Bearer $KEY\"" : "")
                + " -H 'Content-Type: application/json' -d '" + body + "'";
    }
}
