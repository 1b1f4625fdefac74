package org.lungo.server;

import java.util.List;
import java.util.Map;
import org.lungo.server.registry.LabelAnswerer;
import org.lungo.server.registry.ServedModel;
import org.lungo.server.registry.TranslationAnswerer;
import tools.jackson.databind.json.JsonMapper;

/** A request to a model as a line for a shell. */
final class CurlLine {
    private static final JsonMapper JSON = new JsonMapper();

    private CurlLine() {}

    /** Asks {@code model} about the first of its golden rows, or for a text. */
    static String of(String url, ServedModel model, boolean keys) {
        String name = model.id().name();
        if (model.labelsTexts() || model.translatesTexts()) {
            String example = model.labelsTexts() ? LabelAnswerer.EXAMPLE : TranslationAnswerer.EXAMPLE;
            return line(url + "/v1/models/" + name + ":predict", keys, Map.of("instances", List.of(example)));
        }
        if (model.readsText() && !model.texts().writes()) {
            return line(url + "/v1/embeddings", keys, Map.of("model", name, "input", LabelAnswerer.EXAMPLE));
        }
        if (model.readsText()) {
            return line(url + "/v1/completions", keys, Map.of("model", name, "prompt", "", "max_tokens", 50));
        }
        List<Map<String, Object>> rows = List.of(
                model.tables().predictor().golden().rows().isEmpty()
                        ? Map.of()
                        : model.tables().predictor().golden().rows().get(0));
        return line(url + "/v1/models/" + name + ":predict", keys, Map.of("instances", rows));
    }

    private static String line(String url, boolean keys, Map<String, Object> fields) {
        String body = JSON.writeValueAsString(new java.util.TreeMap<>(fields)).replace("'", "'\\''");
        return "curl " + url
                + (keys ? " -H \"Authorization: Bearer $KEY\"" : "")
                + " -H 'Content-Type: application/json' -d '" + body + "'";
    }
}
