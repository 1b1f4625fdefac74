package org.lungo.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Errors in OpenAI's form, for the routes that have it: {@code {"error": {"message", "type", "param", "code"}}}. */
final class OpenAiError {
    /** The routes. */
    static final String COMPLETIONS = "/v1/completions";

    static final String CHAT = "/v1/chat/completions";
    static final String EMBEDDINGS = "/v1/embeddings";

    private static final Set<String> ROUTES = Set.of(COMPLETIONS, CHAT, EMBEDDINGS);
    private static final JsonMapper JSON = new JsonMapper();

    private OpenAiError() {}

    /** Whether errors at {@code path} have this form. */
    static boolean isAt(String path) {
        return ROUTES.contains(path);
    }

    static byte[] of(HttpFailure failure) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", failure.getMessage());
        error.put("type", type(failure.status()));
        error.put("param", failure.param());
        error.put("code", failure.code() == null ? code(failure.status()) : failure.code());
        return JSON.writeValueAsBytes(Map.of("error", error));
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
