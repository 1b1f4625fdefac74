package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import tools.jackson.databind.JsonNode;

/** U+0000 in a text is a character like any other: no family refuses it or ends the text there. */
class NulCharactersTest {
    @TempDir
    private static Path folder;

    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws IOException {
        List<Place> places = List.of(
                Place.parse(TrainedModels.text(folder.resolve("talk")).toString()),
                Place.parse(TrainedModels.labels(folder.resolve("labels")).toString()),
                Place.parse(TrainedModels.translation(folder.resolve("pairs")).toString()),
                Place.parse(TrainedModels.run(folder.resolve("churn"), "churn").toString()));
        ServerConfig config =
                new ServerConfig("127.0.0.1", 0, ServerConfig.Security.OPEN, Limits.DEFAULTS, 1, 60_000, null);
        server = ModelServer.start(config, places, c -> c);
        caller = Caller.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode post(String path, String body) throws Exception {
        Caller.Reply reply = caller.post(path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "talk | {\"prompt\":\"be\\u0000kind\"}",
                "talk | \"be\\u0000kind\"",
                "labels | \"Ada\\u0000Rome\"",
                "labels | {\"tokens\":[\"Ada\\u0000\",\"in\"]}",
                "pairs | \"ein\\u0000Hund\"",
                "churn | {\"plan\":\"go\\u0000ld\"}"
            })
    void isTakenByEveryFamily(String model, String instance) throws Exception {
        JsonNode answer = post("/v1/models/" + model + ":predict", "{\"instances\":[" + instance + "]}");
        assertThat(answer.get("predictions")).hasSize(1);
    }

    /** As many tokens as with another character that training never saw: nothing is cut off. */
    @Test
    void doesNotEndAText() throws Exception {
        for (String path : List.of("completions", "chat/completions", "responses", "embeddings")) {
            assertThat(tokens(path, "be\\u0000kind")).as(path).isEqualTo(tokens(path, "be\\u0001kind"));
        }
        JsonNode labelled = post("/v1/models/labels:predict", "{\"instances\":[\"Ada\\u0000Rome . in\"]}");
        assertThat(String.join(
                        " ",
                        labelled.at("/predictions/0/tokens")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()))
                .startsWith("Ada")
                .endsWith(". in");
    }

    private static int tokens(String path, String text) throws Exception {
        String field = switch (path) {
            case "completions" -> "\"max_tokens\":1,\"prompt\":\"" + text + "\"";
            case "chat/completions" ->
                "\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]";
            default -> (path.equals("responses") ? "\"max_output_tokens\":1," : "") + "\"input\":\"" + text + "\"";
        };
        JsonNode usage =
                post("/v1/" + path, "{\"model\":\"talk\"," + field + "}").get("usage");
        return usage.path("prompt_tokens").asInt(usage.path("input_tokens").asInt());
    }
}
