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
import org.lungo.family.translation.Translator;
import org.lungo.tensor.Scope;
import tools.jackson.databind.JsonNode;

/** One server with a translation model. */
class TranslationServerTest {
    private static final String PREDICT = "/v1/models/pairs:predict";

    @TempDir
    private static Path folder;

    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        Path run = TrainedModels.translation(folder.resolve("pairs"));
        server = TrainedModels.serve(run);
        caller = Caller.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersAsTheTranslatorDoes() throws Exception {
        JsonNode answer = caller.post(PREDICT, "{\"instances\":[\"ein Hund\",{\"text\":\"eine Katze\"},\"\"]}")
                .json()
                .get("predictions");
        try (Scope scope = Scope.open()) {
            Translator translator = Translator.load(folder.resolve("pairs"));
            List<Translator.Translation> alone =
                    translator.translateAll(List.of("ein Hund", "eine Katze", ""), Translator.Settings.DEFAULTS);
            for (int i = 0; i < alone.size(); i++) {
                assertThat(answer.get(i).get("translation").asString())
                        .isEqualTo(alone.get(i).text());
                assertThat(answer.get(i).get("ended").asBoolean())
                        .isEqualTo(alone.get(i).ended());
            }
        }
        assertThat(answer.size()).isEqualTo(3);
        assertThat(answer.at("/0/translation").asString()).isNotEmpty();
        assertThat(answer.at("/2/translation").asString()).isEmpty();
    }

    @Test
    void answersManyCallersAtOnceAsOne() throws Exception {
        String body = "{\"instances\":[\"ein Baum\",\"ein Haus\"]}";
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
    void refusesWhatItCannotTranslate() throws Exception {
        refused("{\"instances\":[3]}", "instance 1 must be a text");
        refused(
                "{\"instances\":[\"a\",{\"tokens\":[\"b\"]}]}",
                "instance 2 must be a text or {\"text\": \"...\"}. Received: an object");
        refused("{\"instances\":[\"a\",\"" + "Hund ".repeat(50) + "\"]}", "text 2 must have at most 24 tokens");
        refused("{\"texts\":[\"a\"]}", "unknown field 'texts'");
        assertThat(caller.post("/v2/models/pairs/infer", "{\"inputs\":[]}").error())
                .contains("inputs must be a list");
        Caller.Reply tensors = caller.post(
                "/v2/models/pairs/infer",
                "{\"inputs\":[{\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"ein Hund\"]}]}");
        assertThat(tensors.status()).as(tensors.text()).isEqualTo(200);
        assertThat(tensors.json().at("/outputs/0/data/0"))
                .isEqualTo(caller.post(PREDICT, "{\"instances\":[\"ein Hund\"]}")
                        .json()
                        .at("/predictions/0/translation"));
        assertThat(caller.post("/v1/completions", "{\"model\":\"pairs\",\"prompt\":\"a\"}")
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
        JsonNode model = caller.get("/v1/models/pairs").json();
        assertThat(model.get("task").asString()).isEqualTo("translation");
        assertThat(model.get("context").asInt()).isEqualTo(24);
        assertThat(model.at("/features/0/name").asString()).isEqualTo("text");
        assertThat(server.examples()).singleElement().asString().contains(PREDICT);
    }
}
