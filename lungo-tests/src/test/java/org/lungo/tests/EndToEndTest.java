package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.cli.Lungo;
import org.lungo.family.tables.Predictor;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.tensor.CorruptFileException;
import org.lungo.train.Listener;

/** What a user does, from a file to an answer. */
class EndToEndTest {
    @TempDir
    Path folder;

    @Test
    void givesTheSameManifestForTheSameConfig() throws IOException {
        Path data = customers();
        String first = manifest(data, "a");
        assertThat(manifest(data, "b")).isEqualTo(first);
    }

    @Test
    void refusesAModelWithOneFlippedByte() throws IOException {
        manifest(customers(), "a");
        Path weights = folder.resolve("a/model/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 3] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> Predictor.load(folder.resolve("a")))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("model.safetensors was changed");
        assertThat(Lungo.run("inspect", folder.resolve("a").toString())).isEqualTo(5);
    }

    @Test
    void numbersTheRowsItPredicts() throws IOException {
        manifest(customers(), "a");
        Path rows = Files.writeString(folder.resolve("new.csv"), "age,plan,visits\n30,gold,1\nx,gold,2\n41,new,3\n");
        Path out = folder.resolve("out.csv");
        assertThat(Lungo.run("predict", folder.resolve("a").toString(), rows.toString(), "--out", out.toString()))
                .isZero();
        assertThat(Files.readAllLines(out).stream().map(line -> line.replaceAll(",.*", "")))
                .containsExactly("row", "1", "3");
        assertThat(Files.readAllLines(folder.resolve("out.csv.errors.csv")).get(1))
                .startsWith(rows + ",2,,column 'age'");
    }

    @Test
    void exitsWithTheDocumentedCodes() throws IOException {
        String data = customers().toString();
        String out = folder.resolve("gate").toString();
        assertThat(Lungo.run("train", data)).isEqualTo(2);
        assertThat(Lungo.run("train", data, "--target", "chrn")).isEqualTo(3);
        assertThat(Lungo.run("train", folder.resolve("none.csv").toString(), "--target", "churn"))
                .isEqualTo(3);
        assertThat(Lungo.run("train", data, "--target", "churn", "--set", "train.epohcs=1"))
                .isEqualTo(2);
        assertThat(Lungo.run(
                        "train",
                        data,
                        "--target",
                        "churn",
                        "--out",
                        out,
                        "--progress",
                        "none",
                        "--set",
                        "train.epochs=1",
                        "--set",
                        "evaluate.gates={accuracy: '>=1.01'}"))
                .isEqualTo(4);
        assertThat(Files.readString(folder.resolve("gate/run.json")))
                .contains("\"command\" : [ \"lungo\", \"train\", \"" + data + "\", \"--target\", \"churn\", \"--out\"");
        String predictions = folder.resolve("p.csv").toString();
        assertThat(Lungo.run("predict", out, data, "--out", predictions)).isZero();
        assertThat(Files.readAllLines(Path.of(predictions))).hasSize(301);
    }

    private String manifest(Path data, String name) throws IOException {
        Path run = folder.resolve(name);
        TableStudy.run(data.toString(), "churn", "train.epochs=5").into(run, Listener.NONE);
        return Files.readString(run.resolve("manifest.json"));
    }

    private Path customers() throws IOException {
        StringBuilder text = new StringBuilder("age,plan,visits,churn\n");
        for (int i = 0; i < 300; i++) {
            int age = 18 + i * 37 % 60;
            String plan = List.of("gold", "silver", "basic").get(i % 3);
            int visits = i * 13 % 20;
            text.append(age + "," + plan + "," + visits + "," + (visits < 8 || age < 25 ? "yes" : "no") + "\n");
        }
        return Files.writeString(folder.resolve("customers.csv"), text);
    }
}
