package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.text.BertBundle;
import org.lungo.family.language.TextEmbedder;
import org.lungo.model.Bert;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.server.registry.Place;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import tools.jackson.databind.JsonNode;

/** One server with a BERT, which reads texts and writes none. */
class BertServerTest {
    private static final String EMBEDDINGS = "/v1/embeddings";

    @TempDir
    private static Path folder;

    private static Path model;
    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        model = folder.resolve("reads");
        Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 100)
                .train(List.of("how are you? 你好 ".repeat(5)).iterator());
        try (Scope scope = Scope.open()) {
            Bert bert = Bert.Config.of(tokenizer.size(), 12, 1, 2, 16, 0.1).build(Random.of(1));
            new BertBundle(bert, null, tokenizer).save(model);
        }
        server = ModelServer.start(config(), List.of(Place.parse(model.toString())), config -> config);
        caller = Caller.of(server);
    }

    private static ServerConfig config() {
        return new ServerConfig(
                "127.0.0.1",
                0,
                ServerConfig.DEFAULTS.security(),
                ServerConfig.DEFAULTS.limits(),
                1,
                ServerConfig.DEFAULTS.watchMillis(),
                null);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void embedsTextsAsTheEmbedderDoes() throws Exception {
        JsonNode answer = caller.post(EMBEDDINGS, "{\"model\":\"reads\",\"input\":[\"how are you?\",\"你好\"]}")
                .json();
        assertThat(answer.get("data").size()).isEqualTo(2);
        try (Scope scope = Scope.open()) {
            BertBundle bundle = BertBundle.load(model);
            List<Long> tokens = Arrays.stream(bundle.tokenizer().encode("你好"))
                    .mapToObj(id -> (long) id)
                    .toList();
            float[] expected = new TextEmbedder(bundle).embed(tokens);
            JsonNode vector = answer.at("/data/1/embedding");
            assertThat(vector.size()).isEqualTo(16);
            for (int i = 0; i < expected.length; i++) {
                assertThat(vector.get(i).floatValue()).isEqualTo(expected[i]);
            }
        }
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isGreaterThan(4);
    }

    @Test
    void saysWhatItIsAndRefusesToWrite() throws Exception {
        JsonNode description = caller.get("/v1/models/reads").json();
        assertThat(description.get("task").asString()).isEqualTo("embedding");
        assertThat(description.get("context").asInt()).isEqualTo(12);
        for (String question : List.of(
                "/v1/completions | {\"model\":\"reads\",\"prompt\":\"how\"}",
                "/v1/chat/completions | {\"model\":\"reads\",\"messages\":[{\"role\":\"user\",\"content\":\"how\"}]}")) {
            String[] parts = question.split(" \\| ", 2);
            Caller.Reply answer = caller.post(parts[0], parts[1]);
            assertThat(answer.status()).as(question).isEqualTo(400);
            assertThat(answer.json().at("/error/message").asString())
                    .isEqualTo("the model reads texts and writes none; ask it at /v1/embeddings");
        }
        assertThat(caller.post("/v1/models/reads:predict", "{\"instances\":[{}]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void showsTwoTextsToCompare() throws Exception {
        String texts = "[\"Ada Lovelace lived in London.\",\"She wrote programs for a machine.\"]";
        JsonNode examples = caller.get("/v1/models/reads").json().get("examples");
        assertThat(examples.findValuesAsString("text"))
                .hasToString(texts.replace("\"", "").replace(",", ", "));
        String body = "{\"input\":" + texts + ",\"model\":\"reads\"}";
        assertThat(server.examples())
                .containsExactly(
                        "curl " + server.url() + EMBEDDINGS + " -H 'Content-Type: application/json' -d '" + body + "'");
        assertThat(caller.post(EMBEDDINGS, body).json().get("data").size()).isEqualTo(2);
    }

    /** A text has room for ten tokens; the context also holds the two special tokens around it. */
    @Test
    void refusesTextsThatAreTooLong() throws Exception {
        assertThat(caller.post(EMBEDDINGS, ids(10)).status()).isEqualTo(200);
        Caller.Reply longer = caller.post(EMBEDDINGS, ids(11));
        assertThat(longer.status()).isEqualTo(400);
        assertThat(longer.json().at("/error/message").asString())
                .isEqualTo("input must have at most 10 tokens, for the model's context of 12. Received: 11 tokens;"
                        + " shorten it, or use a model with a longer context");
    }

    @Test
    void refusesWeightsOfFewerBits() {
        Map<String, String> half = Map.of("precision", "bf16");
        assertThatThrownBy(() ->
                        ModelServer.start(config(), List.of(Place.parse(model.toString())), config -> config, half))
                .hasMessage("a BERT is served in fp32; leave the precision out. Received: bf16");
    }

    @Test
    void saysThatAModelWithoutARunHasNoReport() throws Exception {
        Caller.Reply reply = caller.get("/v1/models/reads/report");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).contains("there is no report of this model");
    }

    private static String ids(int count) {
        return "{\"model\":\"reads\",\"input\":"
                + LongStream.range(0, count).map(i -> 6).boxed().toList() + "}";
    }

    @Test
    void answersInstancesAndTensorsWithVectors() throws Exception {
        JsonNode expected = caller.post(EMBEDDINGS, "{\"model\":\"reads\",\"input\":\"你好\"}")
                .json()
                .at("/data/0/embedding");
        JsonNode predicted = caller.post("/v1/models/reads:predict", "{\"instances\":[\"你好\"]}")
                .json();
        assertThat(predicted.at("/predictions/0/embedding")).isEqualTo(expected);
        JsonNode tensors = caller.post(
                        "/v2/models/reads/infer",
                        "{\"inputs\":[{\"name\":\"text\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"how\",\"你好\"]}]}")
                .json();
        assertThat(tensors.at("/outputs/0/shape").toString()).isEqualTo("[2,16]");
        assertThat(tensors.at("/outputs/0/data/16")).isEqualTo(expected.get(0));
        assertThat(caller.get("/v1/models/reads").json().get("view").asString()).isEqualTo("similarity");
        assertThat(caller.post("/v1/models/reads:predict", "{\"instances\":[\"\"]}")
                        .error())
                .contains("instance 1 must have 1 to");
    }
}
