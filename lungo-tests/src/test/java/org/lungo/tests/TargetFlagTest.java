package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.cli.Lungo;

/** {@code --target} with one column and with several. */
class TargetFlagTest {
    @TempDir
    Path folder;

    @Test
    void severalColumnsAreLabels() throws IOException {
        String data = table().toString();
        String run = folder.resolve("run").toString();
        assertThat(train(data, "--target", "left,right", "--out", run)).isZero();
        String out = folder.resolve("out.csv").toString();
        assertThat(Lungo.run("predict", run, data, "--out", out)).isZero();
        assertThat(Files.readAllLines(Path.of(out)).get(0))
                .isEqualTo("row,prediction_left,probability_left,prediction_right,probability_right");
        assertThat(Lungo.run("evaluate", run)).isZero();
        assertThat(Lungo.run("inspect", run)).isZero();
    }

    @Test
    void theFlagReplacesTheFilesTarget() throws IOException {
        Path config = folder.resolve("a.yaml");
        String data = table().toString();
        assertThat(Lungo.run("init", data, "--target", "left,right", "--out", config.toString()))
                .isZero();
        assertThat(Files.readString(config)).contains("target: ['left', 'right']");
        assertThat(Lungo.run("check", config.toString())).isZero();
        String run = folder.resolve("one").toString();
        assertThat(train(config.toString(), "--target", "left", "--out", run)).isZero();
        assertThat(Files.readString(Path.of(run, "config.resolved.yaml"))).contains("column: \"left\"");
    }

    @Test
    void refusesValuesThatDoNotFitTheTarget() throws IOException {
        String data = table().toString();
        assertThat(train(data, "--target", "left,right", "--set", "train.loss=huber"))
                .isEqualTo(2);
        assertThat(train(data, "--target", "left", "--set", "evaluate.metrics=[rmse]"))
                .isEqualTo(2);
    }

    private static int train(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("train"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--progress", "none", "--set", "train.epochs=1", "--set", "model.members=1"));
        return Lungo.run(all.toArray(String[]::new));
    }

    private Path table() throws IOException {
        StringBuilder text = new StringBuilder("x,left,right\n");
        for (int i = 0; i < 120; i++) {
            double x = Math.sin(i * 1.7);
            text.append(x).append(x < 0.3 ? ",yes" : ",no").append(x > -0.3 ? ",1\n" : ",0\n");
        }
        return Files.writeString(folder.resolve("sides.csv"), text);
    }
}
