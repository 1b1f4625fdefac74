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

    @Test
    void withoutATargetTheColumnsAreListed() throws IOException {
        String data = Files.writeString(folder.resolve("my rows.csv"), mixed()).toString();
        for (String verb : List.of("train", "check", "init")) {
            Shell asked = Shell.run(verb, data);
            assertThat(asked.code()).isEqualTo(2);
            assertThat(asked.err())
                    .startsWith("error E200: no target: say which column to predict with --target COL. " + data
                            + " has the columns\n")
                    .contains("\n  id    category  about 100 values, such as C0, C99\n")
                    .contains("\n  Size  number    about 100 values from 0 to 198\n")
                    .contains("\n  size  category  2 values: big, small\n")
                    .contains("\n  same  category  1 value: x\n")
                    .endsWith("\nfor example:\n  lungo " + (verb.equals("init") ? "init" : "train") + " '" + data
                            + "' --target size\n");
        }
        assertThat(Shell.run("check", data, "--set", "train.epochs=2").err())
                .endsWith("' --set train.epochs=2 --target size\n");
    }

    @Test
    void initAndCheckLeaveOutTheSameColumns() throws IOException {
        String data = Files.writeString(folder.resolve("rows.csv"), mixed()).toString();
        String config = folder.resolve("rows.yaml").toString();
        String init =
                Shell.run("init", data, "--target", "size", "--out", config).out();
        String byFlag = Shell.run("check", data, "--target", "size", "--all").out();
        String byConfig = Shell.run("check", config, "--all").out();
        for (String reason : List.of("'id' identifies rows", "'same' is the same in every row")) {
            assertThat(init).contains("left out: " + reason);
            assertThat(byFlag).contains(reason);
        }
        assertThat(Files.readString(Path.of(config)))
                .contains("  'id': ignore # 'id' identifies rows and cannot help to predict new ones\n")
                .contains("  'Size': number\n");
        assertThat(line(byConfig, "features +\\d")).isEqualTo(line(byFlag, "features +\\d"));
        assertThat(byFlag).contains("'Size' and 'size' are two columns: names are exact, in configs and requests too");
    }

    private static String line(String text, String start) {
        return text.lines()
                .filter(line -> line.matches(start + ".*"))
                .findFirst()
                .orElseThrow();
    }

    private static String mixed() {
        StringBuilder text = new StringBuilder("id,Size,size,same,note\n");
        for (int i = 0; i < 100; i++) {
            text.append("C" + i + "," + 2 * i + "," + (i > 50 ? "big" : "small") + ",x," + i * 37 % 11 + "\n");
        }
        return text.toString();
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
