package org.lungo.experiment.track;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST API 2.0 of an MLflow tracking server (mlflow.org/docs/latest/rest-api.html). As in MLflow's own clients, the
 * variables {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}, else {@code MLFLOW_TRACKING_TOKEN}, say
 * who asks.
 */
final class MlflowServer {
    /** How long an answer may take, in milliseconds. */
    static final long TIMEOUT_MILLIS = 2000;

    private static final String API = "/api/2.0/mlflow/";
    private static final int LONGEST_REASON = 200;

    private final String address;
    private final Map<String, String> environment;
    private @Nullable HttpClient client;

    MlflowServer(String address, Map<String, String> environment) {
        this.address = address.replaceAll("/+$", "");
        this.environment = environment;
    }

    /** Where it is. */
    String address() {
        return address;
    }

    /** The answer to a question. {@code call} is such as {@code runs/get}. */
    JsonNode get(String call, String name, String value) throws IOException, InterruptedException {
        String query = "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return answer(call, request(call + query).GET());
    }

    /** The answer to an order. */
    JsonNode post(String call, Map<String, ?> body) throws IOException, InterruptedException {
        String json = JsonMapper.shared().writeValueAsString(body);
        return answer(
                call,
                request(call)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String call) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + API + call));
        String authorization = authorization();
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private @Nullable String authorization() throws IOException {
        String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
        String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        if (!user.isEmpty() && !password.isEmpty()) {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "").strip();
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IOException("MLFLOW_TRACKING_TOKEN must be ASCII characters without spaces; set it again");
        }
        return token.isEmpty() ? null : "Bearer " + token;
    }

    private JsonNode answer(String call, HttpRequest.Builder request) throws IOException, InterruptedException {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
                    .build();
        }
        HttpResponse<String> response;
        try {
            response = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS); // the body included, unlike HttpRequest's own timeout
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT_MILLIS / 1000 + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        }
        JsonNode body = parsed(response.body());
        if (response.statusCode() != 200) {
            throw new Refusal(call, response.statusCode(), body);
        }
        if (!body.isObject()) {
            throw new IOException("it answered " + call + " with something other than JSON; is it an MLflow server?");
        }
        return body;
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "no connection";
        }
        return cause == null ? "no answer" : cause.getClass().getSimpleName() + " " + cause.getMessage();
    }

    private static JsonNode parsed(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }

    /** An answer that says no. */
    static final class Refusal extends IOException {
        private final String code;

        Refusal(String call, int status, JsonNode body) {
            super("it answered " + call + " with " + status + said(body));
            this.code = body.path("error_code").asString("");
        }

        /** What it says in short, such as {@code RESOURCE_DOES_NOT_EXIST}; empty when it says nothing. */
        String code() {
            return code;
        }

        private static String said(JsonNode body) {
            String text = (body.path("error_code").asString("") + " "
                            + body.path("message").asString(""))
                    .strip();
            String some = text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "...";
            return some.isEmpty() ? "" : ": " + some;
        }
    }
}
