package org.lungo.server.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.server.http.HttpFailure;
import tools.jackson.databind.json.JsonMapper;

/** Errors in OpenAI's form: {@code {"error": {"message", "type", "param", "code"}}}. */
final class OpenAiError {
    private static final JsonMapper JSON = new JsonMapper();

    private OpenAiError() {}

    static byte[] of(HttpFailure failure) {
        return JSON.writeValueAsBytes(Map.of("error", fields(failure)));
    }

    /** What an error says. */
    static Map<String, @Nullable Object> fields(HttpFailure failure) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", failure.getMessage());
        error.put("type", type(failure.status()));
        error.put("param", failure.param());
        error.put("code", failure.code() == null ? code(failure.status()) : failure.code());
        return error;
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static @Nullable String code(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            case 503 -> "service_unavailable";
            case 504 -> "timeout";
            default -> null;
        };
    }
}
