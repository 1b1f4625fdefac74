package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around a BERT, as a user types them. */
class BertCommandsTest {
    private static final String LINE = "床前明月光，疑是地上霜。To be, or not to be.\n";

    private static final String IMPORTS = """
            import java.nio.file.Path;
            import java.util.Arrays;
            import java.util.List;
            import org.lungo.deploy.text.BertBundle;
            import org.lungo.family.language.TextEmbedder;
            import org.lungo.model.BertReader.Pooling;
            import org.lungo.tensor.Scope;
            """;

    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        Path text = Files.writeString(
                folder.resolve("corpus.jsonl"), ("{\"text\": \"" + LINE.strip() + "\"}\n").repeat(300));
        run = folder.resolve("runs/bert");
        List<String> words = new ArrayList<>(List.of("train", text.toString(), "--out", run.toString()));
        for (String set : List.of(
                "model.type=bert",
                "model.layers=1",
                "model.heads=2",
                "model.hidden=16",
                "model.context=16",
                "tokenizer.size=100",
                "train.epochs=2",
                "train.steps_per_epoch=20")) {
            words.addAll(List.of("--set", set));
        }
        Shell outcome = Shell.run(words.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("Epoch 2/2", "masked tokens", "--set model.type=bert --set model.from=" + run);
    }

    @Test
    void saysWhatItIsAndHowGood() throws IOException {
        assertThat(Shell.run("inspect", run.toString()).out())
                .contains(
                        "A BERT with",
                        "Every file is as its manifest says",
                        "Its 3 golden examples give the same answers");
        assertThat(Shell.run("evaluate", run.toString()).out()).contains("masked tokens");
        Path other = Files.writeString(folder.resolve("other.txt"), "be not To ".repeat(100));
        assertThat(Shell.run("evaluate", run.toString(), other.toString(), "--json")
                        .out())
                .contains("\"val_masked_tokens\" : ")
                .doesNotContain("\"val_tokens\"");
    }

    @Test
    void leavesForOtherLibraries() throws IOException {
        Path out = folder.resolve("exported");
        assertThat(Shell.run("export", run.toString(), "--to", "huggingface", "--out", out.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(out.resolve("config.json"))).contains("BertForMaskedLM");
        assertThat(Shell.run(
                                "evaluate",
                                out.toString(),
                                folder.resolve("corpus.jsonl").toString())
                        .out())
                .contains("masked tokens");
    }

    @Test
    void embedsTheTextsOfAFile() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.txt"), "床前明月光\nTo be, or not\n");
        Path out = folder.resolve("vectors.jsonl");
        Shell outcome = Shell.run("predict", run.toString(), texts.toString(), "--out", out.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("2 texts of ").contains(" tokens embedded in ");
        assertThat(Files.readAllLines(out))
                .hasSize(2)
                .allMatch(line ->
                        line.matches("\\{\"text\":\"[^\"]+\",\"embedding\":\\[(-?[0-9.E-]+,){15}-?[0-9.E-]+]}"));
        Path blank = Files.writeString(folder.resolve("blank.txt"), "To be\n\n");
        assertThat(Shell.run("predict", run.toString(), blank.toString(), "--out", out.toString()))
                .matches(o -> o.code() == 3 && o.err().contains("blank.txt:2: the text must have 1 to 14 tokens"));
        assertThat(Shell.run("predict", run.toString(), texts.toString(), "--out", out.toString(), "--keep", "id"))
                .matches(o -> o.code() == 2 && o.err().contains("holds a BERT, which embeds the texts of a file"));
    }

    @Test
    void writesNothing() {
        assertThat(Shell.run("generate", run.toString(), "--prompt", "x"))
                .matches(o -> o.code() == 2
                        && o.err().contains("which write texts. Received: 'bert', which reads them: fine-tune it"));
    }

    @Test
    void theDocumentsJavaRuns() throws IOException, InterruptedException {
        assertThat(JavaSnippet.of("docs/bert.md").run(IMPORTS, folder)).contains("16");
    }

    @Test
    void isFineTunedAndPredicts() throws IOException {
        Path table = Files.writeString(
                folder.resolve("table.csv"), "text,label\n" + "to be or not,yes\n床前明月光,no\n".repeat(40));
        Path tuned = folder.resolve("tuned");
        Shell trained = Shell.run(
                "train",
                table.toString(),
                "--target",
                "label",
                "--set",
                "model.type=bert",
                "--set",
                "model.from=" + run,
                "--set",
                "features.text=text",
                "--set",
                "train.learning_rate=0.01",
                "--out",
                tuned.toString());
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("Epoch 3/3", "accuracy");
        Path answers = folder.resolve("answers.csv");
        assertThat(Shell.run("predict", tuned.toString(), table.toString(), "--out", answers.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(answers)).contains("yes", "no");
        assertThat(Shell.run("inspect", tuned.toString()).out()).contains("golden rows answer as they did");
        assertThat(Shell.run("export", tuned.toString(), "--to", "onnx", "--out", "x.onnx"))
                .matches(o -> o.code() == 2 && o.err().contains("text"));
        assertThat(Shell.run("train", table.toString(), "--target", "label", "--set", "model.type=bert"))
                .matches(o -> o.code() == 2 && o.err().contains("name with model.from a run of lungo train"));
    }
}
