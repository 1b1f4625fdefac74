package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code train} prints, for people and for machines, and what it says when it is stopped and resumed. */
class TrainOutputTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void jsonProgressEndsWithTheResult() throws IOException {
        List<String> events = train("--progress", "json").out().lines().toList();
        assertThat(events.stream().map(line -> JSON.readTree(line).get("event").asString()))
                .startsWith("phase")
                .contains("epoch")
                .endsWith("result");
        JsonNode result = JSON.readTree(events.get(events.size() - 1));
        assertThat(result.get("metrics"))
                .isEqualTo(JSON.readTree(folder.resolve("run/metrics.json")).get("metrics"));
    }

    @Test
    void jsonLeavesEventsToStandardError() throws IOException {
        Shell shell = train("--progress", "json", "--json");
        assertThat(JSON.readTree(shell.out())).isEqualTo(JSON.readTree(folder.resolve("run/metrics.json")));
        assertThat(shell.err().lines())
                .allSatisfy(line -> assertThat(JSON.readTree(line).has("event")).isTrue());
        assertThat(shell.err()).contains("\"event\":\"epoch\"");
        assertThat(train("--json").err()).isEmpty();
    }

    @Test
    void smokeHasJson() throws IOException {
        JsonNode smoke = JSON.readTree(train("--smoke", "--json").out());
        assertThat(smoke.propertyNames()).contains("rows", "before", "after", "difference", "passed");
    }

    @Test
    void saysThatItWasResumed() throws IOException {
        assertThat(train("--progress", "plain").out()).doesNotContain("Resumed");
        assertThat(train("--progress", "plain").out()).contains("Resumed after epoch 2");
        assertThat(train("--progress", "json").out()).contains("{\"event\":\"resumed\",\"epoch\":2,");
    }

    @Test
    void saysHowToGoOnWhenItIsTerminated() throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");
        Process process =
                Shell.start(folder, log, words("--set", "train.epochs=100000", "--set", "train.early_stop.patience=0"));
        Path checkpoints = folder.resolve("run/checkpoints");
        for (int wait = 0; wait < 600 && !Files.isDirectory(checkpoints) && process.isAlive(); wait++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(log))
                .contains("Interrupted. The same command with --out " + folder.resolve("run")
                        + " continues from its last checkpoint.");
    }

    private Shell train(String... more) throws IOException {
        return Shell.run(words(more));
    }

    private String[] words(String... more) throws IOException {
        StringBuilder text = new StringBuilder("x,y,answer\n");
        for (int i = 0; i < 200; i++) {
            double x = Math.sin(i * 1.7);
            text.append(x).append(',').append(Math.cos(i)).append(x < 0.3 ? ",yes\n" : ",no\n");
        }
        String data = Files.writeString(folder.resolve("sides.csv"), text).toString();
        List<String> words = new ArrayList<>(List.of("train", data, "--target", "answer"));
        words.addAll(List.of("--out", folder.resolve("run").toString()));
        words.addAll(List.of("--set", "train.epochs=2", "--set", "model.members=1"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }
}
