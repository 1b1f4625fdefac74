package org.lungo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.Manifest;
import org.lungo.family.tables.Predictor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows with more columns than the model needs: those of the training's file are ignored, as in a file to predict. */
class LeftOutTest {
    private static final String PLAIN = "\"age\":41,\"plan\":\"gold\",\"a\":\"yes\",\"b\":\"no\",\"price\":30";

    @TempDir
    private static Path folder;

    private static ModelServer server;
    private static Caller caller;

    @BeforeAll
    static void start() throws IOException {
        TrainedModels.run(folder.resolve("churn"), "churn", "features.since=ignore");
        server = TrainedModels.serve(folder.resolve("churn"));
        caller = Caller.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Caller.Reply predict(String fields) throws Exception {
        return caller.post("/v1/models/churn:predict", "{\"instances\":[{" + fields + "}]}");
    }

    @Test
    void ignoresTheTargetAndWhatTrainingLeftOut() throws Exception {
        Caller.Reply plain = predict(PLAIN);
        assertThat(plain.status()).as(plain.text()).isEqualTo(200);
        for (String more :
                new String[] {"\"churn\":\"yes\"", "\"since\":\"2020-01-01\"", "\"since\":{\"x\":[1]}", "\"since\":7"
                }) {
            Caller.Reply reply = predict(PLAIN + "," + more);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo(plain.text());
        }
        assertThat(caller.get("/v1/models/churn").json().get("ignored").toString())
                .isEqualTo("[\"since\",\"churn\"]");
    }

    @Test
    void refusesNamesThatWereNeverSeen() throws Exception {
        assertThat(predict("\"sinc\":1").error())
                .contains("unknown field 'sinc'")
                .contains("Fields: age, plan");
        assertThat(predict("\"agee\":1").error()).contains("unknown field 'agee'; did you mean 'age'?");
    }

    @Test
    void ignoresTensorsLikewise() throws Exception {
        String tensors = tensor("age", "FP64", "41")
                + tensor("plan", "BYTES", "\"gold\"")
                + tensor("a", "BYTES", "\"yes\"")
                + tensor("b", "BYTES", "\"no\"")
                + tensor("price", "FP64", "30");
        String known = tensors + tensor("since", "BYTES", "\"x\"") + tensor("churn", "BYTES", "null");
        Caller.Reply reply = infer(known);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo(infer(tensors).text());
        assertThat(infer(tensors + tensor("sincee", "BYTES", "\"x\"")).error()).contains("unknown input 'sincee'");
    }

    private static Caller.Reply infer(String tensors) throws Exception {
        return caller.post(
                "/v2/models/churn/infer", "{\"inputs\":[" + tensors.substring(0, tensors.length() - 1) + "]}");
    }

    private static String tensor(String name, String type, String value) {
        return "{\"name\":\"" + name + "\",\"shape\":[1],\"datatype\":\"" + type + "\",\"data\":[" + value + "]},";
    }

    /** Models of earlier versions know their target alone. */
    @Test
    void readsModelsThatDoNotKnowWhatWasLeftOut() throws Exception {
        Path model = TrainedModels.run(folder.resolve("earlier"), "churn", "features.since=ignore")
                .resolve("model");
        Path preprocess = model.resolve("preprocess.json");
        JsonMapper json = new JsonMapper();
        ObjectNode tree = (ObjectNode) json.readTree(Files.readString(preprocess));
        assertThat(tree.remove("leftOut").toString()).isEqualTo("[\"since\",\"churn\"]");
        Files.writeString(preprocess, json.writeValueAsString(tree));
        Files.delete(model.resolve("manifest.json"));
        Manifest.write(model, Set.of());
        assertThat(Predictor.load(model).leftOut()).containsExactly("churn");
    }
}
