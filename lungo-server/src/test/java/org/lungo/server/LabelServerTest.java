package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.labelling.Labelled;
import org.lungo.family.labelling.Labeller;
import org.lungo.tensor.Scope;
import tools.jackson.databind.JsonNode;

/** One server with a tagger. */
class LabelServerTest {
    private static final String PREDICT = "/v1/models/names:predict";

    @TempDir
    private static Path folder;

    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        Path run = TrainedModels.labels(folder.resolve("names"));
        server = TrainedModels.serve(run);
        caller = Caller.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersTextsAndTokensAsTheLabellerDoes() throws Exception {
        String text = "Ada lives in Rome. Bob saw 北京.";
        JsonNode answer = caller.post(
                        PREDICT,
                        "{\"instances\":[\"" + text + "\",{\"tokens\":[\"Rome\",\"saw\",\"Ada\"]},{\"text\":\"\"}]}")
                .json()
                .get("predictions");
        try (Scope scope = Scope.open()) {
            Labelled alone = Labeller.load(folder.resolve("names")).label(text);
            JsonNode first = answer.get(0);
            assertThat(texts(first.get("labels"))).isEqualTo(alone.labels());
            assertThat(texts(first.get("tokens"))).startsWith("Ada", "lives").endsWith("北", "京", ".");
            assertThat(alone.entities()).isNotEmpty();
            Labelled.Entity entity = alone.entities().get(0);
            assertThat(first.at("/entities/0/text").asString()).isEqualTo(entity.text());
            assertThat(first.at("/entities/0/type").asString()).isEqualTo(entity.type());
            assertThat(text.substring(
                            first.at("/entities/0/start").asInt(),
                            first.at("/entities/0/end").asInt()))
                    .isEqualTo(entity.text());
        }
        assertThat(answer.get(1).get("labels").size()).isEqualTo(3);
        assertThat(answer.get(2).get("tokens").size()).isZero();
    }

    @Test
    void answersManyCallersAtOnceAsOne() throws Exception {
        String body = "{\"instances\":[\"Ada lives in Rome.\",\"Bob saw Ada.\"]}";
        String alone = caller.post(PREDICT, body).text();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            answers.add(threads.submit(() -> caller.post(PREDICT, body).text()));
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo(alone);
        }
        threads.shutdown();
    }

    @Test
    void refusesWhatIsNoText() throws Exception {
        refused("{\"instances\":[3]}", "instance 1 must be a text");
        refused("{\"instances\":[\"a\",{\"tokens\":[\"\"]}]}", "instance 2 must be a text");
        refused("{\"instances\":[{\"text\":\"a\",\"age\":3}]}", "instance 1 must be a text");
        refused("{\"instances\":[null]}", "instance 1 must be a text");
        refused("{\"instances\":[]}", "with one instance or more");
        refused("{\"texts\":[\"a\"]}", "unknown field 'texts'");
        refused(
                "{\"instances\":[\"" + "a".repeat(600_000) + "\",\"" + "b".repeat(600_000) + "\"]}",
                "1048576 characters");
        assertThat(caller.post("/v2/models/names/infer", "{\"inputs\":[]}").error())
                .contains("inputs must be a list");
        assertThat(caller.post("/v1/completions", "{\"model\":\"names\",\"prompt\":\"a\"}")
                        .status())
                .isEqualTo(400);
    }

    private static void refused(String body, String message) throws Exception {
        Caller.Reply reply = caller.post(PREDICT, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains(message);
    }

    @Test
    void saysWhatItTakesAndHowToAsk() throws Exception {
        JsonNode model = caller.get("/v1/models/names").json();
        assertThat(model.get("task").asString()).isEqualTo("labels");
        assertThat(texts(model.get("classes"))).contains("O", "B-LOC", "B-PER");
        assertThat(model.at("/features/0/name").asString()).isEqualTo("text");
        assertThat(server.examples()).singleElement().asString().contains(PREDICT, "Ada Lovelace");
        assertThat(caller.get("/metrics").text()).contains("lungo_batch_size");
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /** Lists are no tensors: each is a text of JSON. */
    @Test
    void answersInTensors() throws Exception {
        JsonNode metadata = caller.get("/v2/models/names").json();
        assertThat(metadata.get("inputs").toString())
                .isEqualTo("[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[-1]}]");
        JsonNode plain = caller.post(PREDICT, "{\"instances\":[\"Anna lives in Paris.\"]}")
                .json();
        Caller.Reply reply = caller.post(
                "/v2/models/names/infer",
                "{\"inputs\":[{\"name\":\"text\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"Anna lives in Paris.\",\"x\"]}],"
                        + "\"outputs\":[{\"name\":\"labels\"}]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/outputs/0/shape").toString()).isEqualTo("[2]");
        assertThat(reply.json().at("/outputs/0/data/0").asString())
                .isEqualTo(plain.at("/predictions/0/labels").toString());
    }
}
