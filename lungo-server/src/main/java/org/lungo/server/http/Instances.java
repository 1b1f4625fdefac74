package org.lungo.server.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads instances, as the model that is asked takes them: {@code {"instances": [{"age": 41, "plan": "gold"}]}}. */
record Instances(StrictJson json, Limits limits) {
    /**
     * The instances of a request.
     *
     * @throws HttpFailure 400 saying what was expected
     */
    List<@Nullable Object> read(byte[] body) {
        return json.read(body, this::instances);
    }

    private List<@Nullable Object> instances(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw expected(StrictJson.kind(parser.currentToken()));
        }
        List<@Nullable Object> instances = new ArrayList<>();
        boolean found = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (!name.equals("instances")) {
                throw HttpFailure.badRequest("unknown field '" + name + "'; expected {\"instances\": [...]}");
            }
            found = true;
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw HttpFailure.badRequest(
                        "instances must be a list. Received: " + StrictJson.kind(parser.currentToken()));
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                instances.add(StrictJson.value(parser));
                if (instances.size() > limits.rows()) {
                    throw HttpFailure.badRequest("a request may hold " + limits.rows()
                            + " instances at most; send fewer, or use lungo predict for whole files");
                }
            }
        }
        if (!found || instances.isEmpty()) {
            throw expected(found ? "none" : "no instances");
        }
        return instances;
    }

    private static HttpFailure expected(String received) {
        return HttpFailure.badRequest(
                "expected {\"instances\": [...]} with one instance or more, as GET /v1/models/MODEL shows examples of."
                        + " Received: " + received);
    }
}
