package org.lungo.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server as a client does. */
public record Caller(String url, HttpClient client) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A caller of {@code server}. */
    public static Caller of(ModelServer server) {
        return new Caller(server.url(), HttpClient.newHttpClient());
    }

    /** What came back. */
    public record Reply(int status, String text, HttpResponse<String> response) {
        /** The body. */
        public JsonNode json() {
            return JSON.readTree(text);
        }

        /** The text of an error in the server's own form. */
        public String error() {
            return json().get("error").asString();
        }
    }

    /** Asks with GET. */
    public Reply get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET().build());
    }

    /** Asks with POST and a body of JSON. */
    public Reply post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** A request to go on with; {@code headers} are names and values by turns. */
    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + path));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    /** Sends a request. */
    public Reply send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body(), response);
    }
}
