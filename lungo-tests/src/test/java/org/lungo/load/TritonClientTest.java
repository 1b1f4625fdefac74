package org.lungo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.tables.Predictor;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.server.ModelServer;
import org.lungo.server.ServerConfig;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.train.Listener;
import triton.client.InferInput;
import triton.client.InferRequestedOutput;
import triton.client.InferResult;
import triton.client.InferenceException;
import triton.client.InferenceServerClient;
import triton.client.pojo.DataType;

/** The Open Inference Protocol as a client speaks it that was written for another server: Triton's for Java. */
class TritonClientTest {
    @TempDir
    Path folder;

    @Test
    void asksOurServer() throws Exception {
        StringBuilder text = new StringBuilder("age,plan,churn\n");
        for (int i = 0; i < 200; i++) {
            text.append(18 + i % 60).append(i % 3 == 0 ? ",gold," : ",basic,").append(i % 60 > 30 ? "yes\n" : "no\n");
        }
        Path data = Files.writeString(folder.resolve("customers.csv"), text);
        Path run = folder.resolve("run");
        TableStudy.run(data.toString(), "churn", "train.epochs=2", "model.hidden=[8]")
                .into(run, Listener.NONE);
        ServerConfig config =
                new ServerConfig("127.0.0.1", 0, ServerConfig.Security.OPEN, Limits.DEFAULTS, 5, 60_000, null);
        try (ModelServer server = ModelServer.start(config, List.of(new Place(run, "churn")), c -> c);
                InferenceServerClient client =
                        new InferenceServerClient(server.url().replace("http://", ""), 5000, 5000)) {
            InferInput age = new InferInput("age", new long[] {2, 1}, DataType.FP64);
            age.setData(new double[] {41, 70}, false);
            InferInput plan = new InferInput("plan", new long[] {2, 1}, DataType.BYTES);
            plan.setData(new String[] {"gold", "basic"}, false);
            InferResult result = client.infer(
                    "churn", List.of(age, plan), List.of(new InferRequestedOutput("probabilities", false)));
            double[] found = result.getOutputAsDouble("probabilities");
            double expected = Predictor.load(run)
                    .predict(Map.of("age", 41, "plan", "gold"))
                    .probabilities()
                    .get("yes");
            assertThat(found).hasSize(4);
            assertThat(found[1]).isCloseTo(expected, within(1e-6));
            assertThatThrownBy(() -> client.infer("chrun", List.of(age, plan), List.of()))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("did you mean 'churn'?");
        }
    }
}
