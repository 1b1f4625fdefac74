package org.lungo.server;

import java.util.List;
import java.util.Map;
import org.lungo.family.labelling.LabelAnswerer;
import org.lungo.family.translation.TranslationAnswerer;
import org.lungo.server.registry.ServedModel;
import tools.jackson.databind.json.JsonMapper;

/** A request to a model as a line for a shell. */
final class CurlLine {
    private static final JsonMapper JSON = new JsonMapper();

    private CurlLine() {}

    /** Asks {@code model} about the first of its golden rows, or for a text. */
    static String of(String url, ServedModel model, boolean keys) {
        return switch (model.kind()) {
            case TABLE -> predict(url, model, keys, row(model));
            case TAGGER -> predict(url, model, keys, LabelAnswerer.EXAMPLE);
            case TRANSLATOR -> predict(url, model, keys, TranslationAnswerer.EXAMPLE);
            case LANGUAGE -> text(url, model, keys);
        };
    }

    private static String predict(String url, ServedModel model, boolean keys, Object instance) {
        return line(url + "/v1/models/" + model.id().name() + ":predict", keys, Map.of("instances", List.of(instance)));
    }

    private static Map<String, ?> row(ServedModel model) {
        List<Map<String, Object>> rows = model.tables().predictor().golden().rows();
        return rows.isEmpty() ? Map.of() : rows.get(0);
    }

    private static String text(String url, ServedModel model, boolean keys) {
        String name = model.id().name();
        return model.texts().writes()
                ? line(url + "/v1/completions", keys, Map.of("model", name, "prompt", "", "max_tokens", 50))
                : line(url + "/v1/embeddings", keys, Map.of("model", name, "input", LabelAnswerer.EXAMPLE));
    }

    private static String line(String url, boolean keys, Map<String, Object> fields) {
        String body = JSON.writeValueAsString(new java.util.TreeMap<>(fields)).replace("'", "'\\''");
        return "curl " + url
                + (keys ? " -H \"Authorization: Bearer $KEY\"" : "")
                + " -H 'Content-Type: application/json' -d '" + body + "'";
    }
}
