package org.lungo.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The body of an error where no {@link Protocol} has a form of its own: {@code {"error": "text"}}. */
final class ErrorBody {
    private static final JsonMapper JSON = new JsonMapper();

    private ErrorBody() {}

    static byte[] of(@Nullable String message) {
        return JSON.writeValueAsBytes(Map.of("error", String.valueOf(message)));
    }
}
