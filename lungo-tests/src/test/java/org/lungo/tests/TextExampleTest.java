package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.cli.Lungo;
import org.lungo.data.Datasets;
import org.lungo.family.language.training.LanguageConfig;
import org.lungo.family.tables.training.TableConfig;

/** The examples with texts: a table from Java, as docs/text.md says it, and the files in examples. */
class TextExampleTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String IMPORTS = """
            import java.nio.file.Path;
            import java.util.Map;
            import org.lungo.family.tables.Predictor;
            import org.lungo.family.tables.training.TableStudy;
            import org.lungo.train.Listener;
            """;

    @TempDir
    Path folder;

    @Test
    void itsJavaTrainsAndPredicts() throws IOException, InterruptedException {
        Files.copy(ROOT.resolve("examples/reviews.csv"), folder.resolve("reviews.csv"));
        String output = JavaSnippet.of("docs/text.md").run(IMPORTS, folder);
        assertThat(output).containsPattern("\\naccuracy +(0\\.9\\d+|1\\.0000) +\\[");
        assertThat(output).containsPattern("\\nPrediction\\[label=positive, probability=0\\.[5-9]\\d+");
    }

    /** The two files of a small model, trained shortly. */
    @Test
    void aModelIsTrainedAndLearnsMoreByLowRankChanges() {
        String base = folder.resolve("tiny-llama").toString();
        assertThat(train("tiny-llama", "weather.txt", base)).isZero();
        String tales = folder.resolve("tales").toString();
        assertThat(train("lora", "tales.txt", tales, "--set", "model.from=" + base))
                .isZero();
        assertThat(folder.resolve("tales/adapter/adapter_config.json"))
                .content()
                .contains("\"r\" : 8");
    }

    /** The two files of a BERT, trained shortly: it does not reach the gate of the second, which is exit code 4. */
    @Test
    void aBertIsTrainedOnTextsAndThenOnLabels() {
        String base = folder.resolve("bert").toString();
        assertThat(train("bert-pretraining", "reviews.txt", base)).isZero();
        String tuned = folder.resolve("tuned").toString();
        int exit = Lungo.run(
                "train",
                ROOT.resolve("examples/bert-sentiment.yaml").toString(),
                "--out",
                tuned,
                "--set",
                "train.epochs=1",
                "--set",
                "model.from=" + base,
                "--set",
                "data.path=" + ROOT.resolve("examples/reviews.csv"));
        assertThat(exit).isIn(0, 4);
        assertThat(folder.resolve("tuned/model/preprocess.json")).content().contains("\"subwords\"");
    }

    private static int train(String config, String data, String out, String... more) {
        List<String> words = new ArrayList<>(
                List.of("train", ROOT.resolve("examples/" + config + ".yaml").toString()));
        words.addAll(List.of("--out", out, "--set", "train.epochs=1", "--set", "train.steps_per_epoch=5"));
        words.addAll(List.of("--set", "data.path=" + ROOT.resolve("examples/" + data)));
        words.addAll(List.of(more));
        return Lungo.run(words.toArray(String[]::new));
    }

    @Test
    void shakespeareIsReadAsItsFileSays() throws IOException {
        String yaml = Files.readString(ROOT.resolve("examples/char-gpt.yaml"));
        assertThat(LanguageConfig.isMeant("char-gpt.yaml", yaml)).isTrue();
        LanguageConfig config =
                LanguageConfig.read("char-gpt.yaml", yaml, List.of()).value();
        assertThat(config.model().layers()).isEqualTo(4);
        Datasets.Entry data = Datasets.named("tinyshakespeare");
        assertThat(config.data().path())
                .isEqualTo("data/tinyshakespeare/" + data.files().get(0).name());
    }

    @Test
    void itsFileSaysWhatIsFound() throws IOException {
        String yaml = Files.readString(ROOT.resolve("examples/sentiment.yaml"));
        TableConfig config =
                TableConfig.FILE.read("sentiment.yaml", yaml, List.of()).value();
        assertThat(ROOT.resolve(config.data().path())).exists();
        Path file = folder.resolve("found.yaml");
        String data = ROOT.resolve(config.data().path()).toString();
        int exit = Lungo.run("init", data, "--target", "label", "--out", file.toString());
        assertThat(exit).isZero();
        assertThat(file).content().contains("'review': text", "'price': number");
    }
}
