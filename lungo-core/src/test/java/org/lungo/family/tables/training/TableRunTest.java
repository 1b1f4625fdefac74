package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.DataException;
import org.lungo.deploy.Version;
import org.lungo.deploy.batch.ResumeException;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.FinishedRun;
import org.lungo.experiment.Look;
import org.lungo.experiment.Outcome;
import org.lungo.experiment.Run;
import org.lungo.experiment.Smoke;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.tensor.Engine;
import org.lungo.train.Listener;
import tools.jackson.databind.JsonNode;

class TableRunTest {
    private static final List<String> SMALL =
            List.of("train.epochs=3", "model.hidden=[16]", "model.members=2", "evaluate.folds=3");

    @TempDir
    private Path folder;

    @Test
    void givesTheSameBitsWhenRowsAreStreamed() throws IOException {
        Path csv = table(2000);
        run("heap", csv, "data.memory=heap");
        run("stream", csv, "data.memory=stream");
        for (String file : List.of("model/model.safetensors", "model/preprocess.json", "metrics.json", "report.html")) {
            assertThat(folder.resolve("stream/" + file)).hasSameBinaryContentAs(folder.resolve("heap/" + file));
        }
        assertThat(folder.resolve("stream/cache")).doesNotExist();
    }

    /** With dropout they learn one after the other, without it side by side where the rows are in the heap. */
    @Test
    void givesTheSameFoldsSideBySide() throws IOException {
        Path csv = table(400);
        for (String dropout : List.of("model.dropout=0.1", "model.dropout=0")) {
            for (int i = 0; i < 4; i++) {
                run(dropout + i, csv, dropout, "data.memory=" + (i == 0 ? "stream" : "heap"));
                assertThat(folder.resolve(dropout + i + "/metrics.json"))
                        .hasSameTextualContentAs(folder.resolve(dropout + "0/metrics.json"));
            }
        }
    }

    @Test
    void refusesFoldsThatTheTableIsTooSmallForBeforeItTrains() throws IOException {
        Path csv = table(50);
        assertThatThrownBy(() -> run("few", csv, "evaluate.folds=51"))
                .isInstanceOf(DataException.class)
                .hasMessage("folds must be from 2 to the number of rows (50). Received: 51");
        assertThat(folder.resolve("few")).doesNotExist();
    }

    @Test
    void givesTheSameManifestTwice() throws IOException {
        Path csv = table(500);
        run("first", csv);
        run("second", csv);
        assertThat(folder.resolve("second/manifest.json"))
                .hasSameTextualContentAs(folder.resolve("first/manifest.json"));
        FinishedRun.canBeStartedAgain(experiment(csv), folder.resolve("second"));
    }

    @Test
    void saysWhenItTestsOrLearnsFromAPart() throws IOException {
        Outcome<Evaluation> result = run("part", table(1000), "evaluate.rows=50", "preprocess.rows=100");
        assertThat(result.evaluation().rows()).isEqualTo(50);
        assertThat(result.notes())
                .contains(
                        "the test uses 50 of 150 rows, drawn by chance; evaluate.rows changes that",
                        "scales and categories are learned from 100 of 699 training rows, drawn by chance;"
                                + " preprocess.rows changes that");
    }

    @Test
    void saysOfWhichColumnsOfAWideTableItMeasuresTheImportance() throws IOException {
        int columns = ColumnImportance.COLUMNS + 2;
        StringBuilder text = new StringBuilder("label");
        for (int column = 0; column < columns; column++) {
            text.append(",x").append(column);
        }
        for (int row = 0; row < 120; row++) {
            text.append("\n").append(row % 2 == 0 ? "yes" : "no");
            for (int column = 0; column < columns; column++) {
                text.append(",").append((row * 31 + column * 17) % 23 / 2.0);
            }
        }
        Path csv = Files.writeString(folder.resolve("wide.csv"), text + "\n");
        assertThat(run("wide", csv, "train.epochs=1", "model.hidden=[4]").notes())
                .contains(
                        "importance is measured for the 64 columns of 130 whose values go most with the predictions, on"
                                + " 18 of 18 test rows; evaluate.importance: false leaves it out");
        assertThat(ConfigFile.JSON
                        .readTree(folder.resolve("wide/importance.json"))
                        .size())
                .isEqualTo(64);
    }

    @Test
    void recordsWhatItWasMadeFrom() throws IOException {
        Path csv = table(300);
        Path test = Files.copy(csv, folder.resolve("test.csv"));
        Files.writeString(test, Files.readString(test).replace(",yes", ",no"));
        Run<TableConfig, Evaluation> experiment = TableStudy.run(
                csv.toString(), "label", "data.test='" + test + "'", "train.epochs=1", "model.hidden=[4]", "seed=7");
        experiment.startedBy(List.of("lungo", "jdbc:x:y?password=geheim")).into(folder.resolve("cli"), Listener.NONE);
        experiment.into(folder.resolve("java"), Listener.NONE);
        JsonNode run = ConfigFile.JSON.readTree(folder.resolve("cli/run.json"));
        assertThat(run.get("command").toString()).isEqualTo("[\"lungo\",\"jdbc:x:y?password=***\"]");
        assertThat(run.get("lungo").asString()).matches("\\d+\\.\\d+\\.\\d+.*").isEqualTo(Version.current());
        assertThat(run.get("seed").asLong()).isEqualTo(7);
        assertThat(run.get("data_sha256").asString()).isEqualTo(sha256(csv));
        assertThat(run.get("test_sha256").asString())
                .isEqualTo(sha256(test))
                .isNotEqualTo(run.get("data_sha256").asString());
        assertThat(run.get("cpu").asString()).isNotBlank();
        assertThat(run.has("git_commit")).isTrue();
        assertThat(ConfigFile.JSON
                        .readTree(folder.resolve("java/run.json"))
                        .get("command")
                        .isNull())
                .isTrue();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void provesThatThePiecesFit() throws IOException {
        Smoke smoke = TableStudy.run(table(500).toString(), "label", "train.more.clip_norm=0")
                .smoke();
        assertThat(smoke.passed()).as(smoke.toText()).isTrue();
        assertThat(smoke.rows()).isEqualTo(32);
    }

    @Test
    void saysWhenABatchCannotBeLearned() throws IOException {
        StringBuilder text = new StringBuilder("x,label\n");
        for (int row = 0; row < 200; row++) {
            text.append(row % 2).append(',').append(row % 4 < 2 ? "yes" : "no").append('\n');
        }
        Path csv = Files.writeString(folder.resolve("blind.csv"), text);
        Smoke smoke = TableStudy.run(csv.toString(), "label").smoke();
        assertThat(smoke.passed()).isFalse();
        assertThat(smoke.toText()).contains("check that the features can tell the rows apart");
    }

    @Test
    void plansWithoutTraining() throws IOException {
        Look look = TableStudy.run(table(1000).toString(), "label", "model.hidden=[16]", "model.members=1")
                .look();
        int in = 2 + 1 + 8; // x, y, whether y is missing, one embedded colour
        int parameters = 13 * 8 + in * 16 + 16 + 16 + 1;
        assertThat(look.inferred().get("target.task").value()).isEqualTo("binary");
        assertThat(look.memory().weights()).isEqualTo(20 * parameters);
        assertThat(look.toText())
                .contains(
                        "2 numbers, 1 category, 0 dates; encoded to 3 numbers and 1 embedded category",
                        "rows      699 training, 151 validation, 150 test",
                        "target    binary: no, yes",
                        "model     mlp, " + parameters + " parameters",
                        "outside the heap");
    }

    @Test
    void makesNoFolderForDataThatIsRefused() throws IOException {
        Path csv = Files.writeString(folder.resolve("one.csv"), "x,label\n1,yes\n2,yes\n3,yes\n");
        assertThatThrownBy(() -> run("refused", csv, "data.memory=stream"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("must have two classes or more. Received: only 'yes'");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void saysWhyNoColumnIsLeft() throws IOException {
        StringBuilder text = new StringBuilder("id,same,x,label\n");
        for (int row = 0; row < 20; row++) {
            text.append("r").append(row).append(",1,").append(row % 7).append(row % 2 == 0 ? ",yes\n" : ",no\n");
        }
        Path csv = Files.writeString(folder.resolve("useless.csv"), text);
        assertThatThrownBy(() -> run("none", csv, "features.x=ignore"))
                .isInstanceOf(DataException.class)
                .hasMessage("a model needs a column to learn from. Received: none; 'id' identifies rows and cannot help"
                        + " to predict new ones; 'same' is the same in every row; features.x is ignore");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void goesOnWithTheSameDataOnly() throws IOException {
        Path csv = table(200);
        run("run", csv);
        String before = Files.readString(csv);
        Files.writeString(csv, before.replace("yes", "ja"));
        assertThatThrownBy(() -> run("run", csv))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "the data of the run in " + folder.resolve("run") + " was changed since it began");
        Files.writeString(csv, before);
        Files.writeString(folder.resolve("run/run.json"), "{\"data_sha");
        run("run", csv);
    }

    @Test
    void goesOnWithARunThatAnEarlierVersionBegan() throws IOException {
        Path csv = table(300);
        run("run", csv);
        Path config = folder.resolve("run/config.resolved.yaml");
        String manifest = Files.readString(folder.resolve("run/manifest.json"));
        assertThat(Files.readString(config)).contains("family: \"tables\"\n");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("family: \"tables\"\n", "")
                        .replace(
                                "  deadline_ms: 30000\n",
                                "  deadline_ms: 30000\n  max_texts: 32\n  precision: null\n"));
        assertThat(config).content().contains("max_texts").doesNotContain("family");
        run("run", csv);
        assertThat(folder.resolve("run/manifest.json")).hasContent(manifest);
    }

    @Test
    void goesOnWithTheSameEngineOnly() throws IOException {
        Path csv = table(300);
        run("run", csv);
        Path json = folder.resolve("run/run.json");
        String libtorch = Engine.info().libtorch();
        Files.writeString(json, Files.readString(json).replace('"' + libtorch + '"', "\"1.0\""));
        assertThatThrownBy(() -> run("run", csv))
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("began with libtorch 1.0, this is libtorch " + libtorch)
                .hasMessageContaining("--out");
    }

    @Test
    void mixesNoFilesOfOthersWithARun() throws IOException {
        Path csv = table(200);
        Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> run("file", csv))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("file")
                        + " must be a folder for the run. Received: a file; name another place with --out");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("notes.txt"), "x");
        assertThatThrownBy(() -> run("other", csv))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be an empty folder or a run. Received: a folder with notes.txt");
        assertThat(other).isDirectoryContaining("glob:**notes.txt");
        Files.createDirectories(folder.resolve("cut/cache/rows"));
        run("cut", csv);
        run("cut", csv);
    }

    private Outcome<Evaluation> run(String name, Path csv, String... sets) throws IOException {
        return experiment(csv, sets).into(folder.resolve(name), Listener.NONE);
    }

    private static Run<TableConfig, Evaluation> experiment(Path csv, String... sets) {
        String[] all = Stream.concat(SMALL.stream(), Arrays.stream(sets)).toArray(String[]::new);
        return TableStudy.run(csv.toString(), "label", all);
    }

    private Path table(int rows) throws IOException {
        StringBuilder text = new StringBuilder("x,y,colour,label\n");
        java.util.Random random = new java.util.Random(5);
        for (int row = 0; row < rows; row++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            text.append(x)
                    .append(',')
                    .append(row % 13 == 0 ? "" : y)
                    .append(",c")
                    .append(random.nextInt(12));
            text.append(',').append(x > y ? "yes" : "no").append('\n');
        }
        return Files.writeString(folder.resolve("rows.csv"), text);
    }
}
