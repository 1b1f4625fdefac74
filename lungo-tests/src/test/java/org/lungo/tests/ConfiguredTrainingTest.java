package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.evaluate.EvaluationResult;
import org.lungo.family.tables.training.Reevaluation;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.train.Listener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a config can say about training, from the config to the stored run; each option alone, on a small table. */
class ConfiguredTrainingTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ROWS = 323; // 161 train: five batches of 32 and one of a single row

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train.more.precision=bf16",
                "train.schedule.type=step,train.schedule.every=4",
                "train.schedule.type=cosine,train.schedule.warmup_epochs=2",
                "train.schedule.type=one_cycle",
                "train.schedule.type=plateau,train.schedule.every=1",
                "train.schedule.type=constant,train.schedule.warmup_epochs=3",
                "train.more.accumulate=4",
                "train.more.average=0.8",
                "train.more.clip_value=0.01",
                "model.normalization=batch"
            })
    void learnsAndAnswersTheSameAfterReloading(String sets) throws IOException {
        Path run = run(folder, sets.split(","));
        List<JsonNode> epochs = Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(JSON::readTree)
                .toList();
        assertThat(epochs).hasSize(15);
        for (String loss : List.of("loss", "val_loss")) {
            double first = epochs.get(0).get(loss).asDouble();
            double last = epochs.get(14).get(loss).asDouble();
            // Measured: 0.12 to 0.23 of the first epoch's loss.
            assertThat(last).as(loss).isLessThan(0.5 * first);
        }
        assertThat(new TreeMap<>(again(run).metrics())).isEqualTo(stored(run));
        assertThat(weights(run)).as("the option changes the weights").isNotEqualTo(weights(plain()));
    }

    /** The metrics that the config asks for, and those of its gates, in both evaluations. */
    @Test
    void evaluatesAgainByTheMetricsOfItsConfig() throws IOException {
        Path run = run(folder, "evaluate.metrics=[mae]", "evaluate.gates={r2: '>=0.1', mae: '<=9'}", "train.epochs=2");
        assertThat(stored(run)).containsOnlyKeys("mae", "r2");
        assertThat(new TreeMap<>(again(run).metrics())).isEqualTo(stored(run));
    }

    /** The test rows are another file: nothing that is stored of the model may depend on them. */
    @Test
    void learnsNothingFromTestRows() throws IOException {
        Path usual = table(folder.resolve("usual.csv"), ROWS, 0);
        Path wild = table(folder.resolve("wild.csv"), 40, 1e6);
        Path one = run(Files.createDirectory(folder.resolve("one")), "data.test=" + usual);
        Path two = run(Files.createDirectory(folder.resolve("two")), "data.test=" + wild);
        for (String name : List.of("model.safetensors", "preprocess.json", "golden.json")) {
            assertThat(Files.readAllBytes(one.resolve("model").resolve(name)))
                    .as(name)
                    .isEqualTo(Files.readAllBytes(two.resolve("model").resolve(name)));
        }
        assertThat(Files.readString(one.resolve("metrics.json")))
                .isNotEqualTo(Files.readString(two.resolve("metrics.json")));
    }

    /** By the loaded model on the rows of the test file. */
    private static EvaluationResult again(Path run) throws IOException {
        return Reevaluation.on(run, run.resolveSibling("test.csv").toString());
    }

    private static Map<String, Double> stored(Path run) throws IOException {
        Map<String, Double> stored = new TreeMap<>();
        JSON.readTree(Files.readString(run.resolve("metrics.json")))
                .get("metrics")
                .properties()
                .forEach(metric -> stored.put(metric.getKey(), metric.getValue().asDouble()));
        return stored;
    }

    private static byte[] weights(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("model/model.safetensors"));
    }

    /** One run without options, made once. */
    private static Path plain() throws IOException {
        Path run = shared.resolve("run");
        return Files.exists(run) ? run : run(shared);
    }

    private static Path run(Path folder, String... sets) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "train.epochs=15",
                "train.batch_size=32",
                "train.learning_rate=0.01",
                "model.hidden=[16]",
                "model.members=1",
                "data.split.ratios=[0.5, 0.25, 0.25]",
                "evaluate.importance=false",
                "data.test='" + table(folder.resolve("test.csv"), ROWS / 4, 0) + "'"));
        all.addAll(List.of(sets));
        Path data = table(folder.resolve("data.csv"), ROWS, 0);
        Path run = folder.resolve("run");
        TableStudy.run(data.toString(), "y", all.toArray(String[]::new)).into(run, Listener.NONE);
        return run;
    }

    private static Path table(Path file, int rows, double shift) throws IOException {
        StringBuilder text = new StringBuilder("a,b,c,y\n");
        for (int i = 0; i < rows; i++) {
            double a = Math.sin(i * 1.7);
            double b = Math.sin(i * 0.31 + 1);
            String c = List.of("red", "green", "blue").get(i % 3);
            double y = a - 2 * b + (c.equals("red") ? 1 : 0);
            text.append((a + shift) + "," + b + "," + (shift == 0 ? c : "other") + "," + y + "\n");
        }
        return Files.writeString(file, text);
    }
}
