package org.lungo.server;

import java.util.List;
import java.util.Map;
import org.lungo.server.registry.ServedModel;
import tools.jackson.databind.json.JsonMapper;

/** A request to a model as a line for a shell. */
final class CurlLine {
    private static final JsonMapper JSON = new JsonMapper();

    private CurlLine() {}

    /** Asks {@code model} about the first of its golden rows. */
    static String of(String url, ServedModel model, boolean keys) {
        List<Map<String, Object>> rows = List.of(
                model.predictor().golden().rows().isEmpty()
                        ? Map.of()
                        : model.predictor().golden().rows().get(0));
        String body = JSON.writeValueAsString(Map.of("instances", rows)).replace("'", "'\\''");
        return "curl " + url + "/v1/models/" + model.id().name() + ":predict"
                + (keys ? " -H \"Authorization: Bearer $KEY\"" : "")
                + " -H 'Content-Type: application/json' -d '" + body + "'";
    }
}
