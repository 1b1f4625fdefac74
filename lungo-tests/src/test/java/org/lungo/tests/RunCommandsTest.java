package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is done with a finished run: {@code evaluate} and {@code inspect}. */
class RunCommandsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void evaluateShowsWhatTrainShowed() throws IOException {
        Path data = table();
        Shell train = train(data, "evaluate.gates={accuracy: '>=1.5'}", "evaluate.folds=2");
        assertThat(train.code()).isEqualTo(4);
        Files.delete(data);
        Shell evaluate = Shell.run("evaluate", run().toString());
        assertThat(evaluate.code()).isEqualTo(4);
        assertThat(train.out()).contains(evaluate.out().strip());
        assertThat(evaluate.out()).containsPattern("accuracy +0\\.\\d+ +>=1\\.5 +not reached");
        assertThat(evaluate.err()).isEqualTo(train.err()).startsWith("error E401: gate not reached: accuracy must");
        assertThat(Shell.run("evaluate", run().toString(), "--json").out().strip())
                .isEqualTo(Files.readString(run().resolve("metrics.json")).strip());
    }

    @Test
    void evaluateNeedsTheOtherRowsOnly() throws IOException {
        Path data = table();
        train(data, "evaluate.gates={accuracy: '>=1.5'}");
        Path other = Files.move(data, folder.resolve("other.csv"));
        Shell evaluate = Shell.run("evaluate", run().toString(), other.toString(), "--json");
        assertThat(evaluate.code()).isEqualTo(4);
        JsonNode json = JSON.readTree(evaluate.out());
        assertThat(json.get("rows").asInt()).isEqualTo(120);
        assertThat(json.at("/gates/accuracy/passed").asBoolean()).isFalse();
        assertThat(json.propertyNames())
                .isEqualTo(JSON.readTree(run().resolve("metrics.json")).propertyNames());
    }

    @Test
    void everyFileOfTheRunIsVerified() throws IOException {
        train(table());
        Shell inspect = Shell.run("inspect", run().toString());
        assertThat(inspect.code()).isZero();
        assertThat(inspect.out()).contains("Every file is as its manifest says");
        Files.writeString(run().resolve("model/extra.bin"), "x");
        assertThat(Shell.run("inspect", run().toString()).out()).contains("no manifest lists model/extra.bin");
        JsonNode json =
                JSON.readTree(Shell.run("inspect", run().toString(), "--json").out());
        assertThat(json.get("target").asString()).isEqualTo("answer");
        assertThat(json.get("unlisted_files").get(0).asString()).isEqualTo("model/extra.bin");
        Files.writeString(run().resolve("config.resolved.yaml"), "version: [");
        for (String verb : List.of("inspect", "evaluate")) {
            Shell shell = Shell.run(verb, run().toString());
            assertThat(shell.code()).as(verb).isEqualTo(5);
            assertThat(shell.err()).startsWith("error E501: ").contains("config.resolved.yaml was changed");
        }
    }

    @Test
    void aMissingRunIsAWrongArgument() {
        for (String verb : List.of("inspect", "evaluate")) {
            Shell shell = Shell.run(verb, folder.resolve("nope").toString());
            assertThat(shell.code()).as(verb).isEqualTo(2);
            assertThat(shell.err()).startsWith("error E200: no run folder");
        }
    }

    @Test
    void aModelThatDoesNotFitIsRefused() throws IOException {
        String data = table().toString();
        for (String verb : List.of("check", "train")) {
            Shell shell = Shell.run(verb, data, "--target", "answer", "--set", "model.hidden=[100000000, 100000000]");
            assertThat(shell.code()).as(verb).isEqualTo(6);
            assertThat(shell.err()).startsWith("error E601: training must fit").contains("make model.hidden smaller");
        }
    }

    private Path run() {
        return folder.resolve("run");
    }

    private Shell train(Path data, String... sets) {
        List<String> words = new ArrayList<>(List.of("train", data.toString(), "--target", "answer"));
        words.addAll(List.of("--out", run().toString(), "--progress", "none"));
        for (String set : sets) {
            words.addAll(List.of("--set", set));
        }
        words.addAll(List.of("--set", "train.epochs=1", "--set", "model.members=1"));
        return Shell.run(words.toArray(String[]::new));
    }

    private Path table() throws IOException {
        StringBuilder text = new StringBuilder("x,y,answer\n");
        for (int i = 0; i < 120; i++) {
            double x = Math.sin(i * 1.7);
            text.append(x).append(',').append(Math.cos(i)).append(x < 0.3 ? ",yes\n" : ",no\n");
        }
        return Files.writeString(folder.resolve("sides.csv"), text);
    }
}
