package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.WriteLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunsCommandTest {
    @TempDir
    private Path folder;

    private Path runs;
    private Path first;

    @BeforeEach
    void train() throws IOException {
        Path data = folder.resolve("rows.csv");
        StringBuilder text = new StringBuilder("x,answer\n");
        for (int row = 0; row < 200; row++) {
            text.append(Math.sin(row)).append(Math.sin(row) < 0.3 ? ",yes\n" : ",no\n");
        }
        Files.writeString(data, text);
        runs = folder.resolve("runs");
        first = runs.resolve("rows-001");
        for (String epochs : List.of("1", "2")) {
            Shell shell = Shell.run(
                    "train",
                    data.toString(),
                    "--target=answer",
                    "--set=model.members=1",
                    "--set=train.epochs=" + epochs,
                    "--out=" + runs.resolve("rows-00" + epochs));
            assertThat(shell.code()).as(shell.err()).isZero();
        }
    }

    @Test
    void listsRuns() throws IOException {
        Path cut = Files.createDirectories(runs.resolve("cut-001"));
        Files.writeString(cut.resolve("config.resolved.yaml"), "family: labelling\n");
        Files.createDirectories(runs.resolve("no-run"));
        List<String> lines =
                Shell.run("runs", "--in", runs.toString()).out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("run +family +state +metric +value +baseline +changed +size");
        assertThat(lines.get(1)).contains("cut-001  ", "labelling  unfinished");
        assertThat(lines.get(2)).containsPattern("rows-001 +tables +finished +accuracy +0\\.\\d+ +0\\.\\d+ +20\\d\\d-");
        JsonNode json = new JsonMapper()
                .readTree(Shell.run("runs", "--in", runs.toString(), "--json").out());
        assertThat(json.get(1).path("metrics").path("accuracy").asDouble()).isPositive();
        assertThat(json.get(0).path("metrics").isEmpty()).isTrue();
        assertThat(Shell.run("runs", "--in", folder.resolve("none").toString()).out())
                .startsWith("No runs in ");
    }

    @Test
    void comparesTwo() {
        String out = Shell.run("runs", "compare", first.toString(), runs.resolve("rows-002") + "")
                .out();
        assertThat(out)
                .containsPattern("accuracy +[01]\\.\\d{4} +[01]\\.\\d{4}")
                .containsPattern("train\\.epochs +1 +2");
        assertThat(out).doesNotContain("model.hidden");
        assertThat(Shell.run("runs", "compare", first.toString(), first.toString())
                        .out())
                .contains("The configs are equal.");
        Shell wrong = Shell.run("runs", "compare", first.toString(), folder.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains(folder + " must be the folder of a run");
    }

    @Test
    void prunesCheckpointsAndTheRunStillVerifies() {
        assertThat(Shell.run("runs", "prune", first.toString()).err())
                .contains("off a terminal only --yes removes something");
        assertThat(first.resolve("checkpoints")).exists();
        assertThat(Shell.run("runs", "prune", "--yes", first.toString()).out()).contains("Deleted checkpoints of ");
        assertThat(first.resolve("checkpoints")).doesNotExist();
        Shell inspected = Shell.run("inspect", first.toString());
        assertThat(inspected.code()).as(inspected.err()).isZero();
        assertThat(Shell.run("evaluate", first.toString()).code()).isZero();
        assertThat(Shell.run("runs", "prune", "--yes", first.toString()).out()).contains("There is nothing to delete.");
    }

    @Test
    void removesWhatIsAskedForAndNothingElse() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.txt"), "kept");
        Files.createSymbolicLink(first.resolve("link"), folder);
        assertThat(Shell.run("runs", "remove", first.toString()).code()).isEqualTo(2);
        assertThat(first).exists();
        assertThat(Shell.run("runs", "remove", "--yes", folder.toString()).err())
                .contains("must be the folder of a run");
        try (WriteLock lock = WriteLock.inFolder(first, "busy")) {
            assertThat(Shell.run("runs", "--in", runs.toString()).out()).contains("rows-001");
            assertThat(Shell.run("runs", "remove", "--yes", first.toString()).code())
                    .isEqualTo(1);
        }
        assertThat(Shell.run("runs", "remove", "--yes", first.toString()).out()).contains("Deleted 1 run, ");
        assertThat(first).doesNotExist();
        assertThat(runs.resolve("rows-002")).exists();
        assertThat(outside).hasContent("kept");
    }
}
