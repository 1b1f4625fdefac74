package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around a language model, as a user types them. */
class LanguageCommandsTest {
    private static final String LINE = "床前明月光，疑是地上霜。To be, or not to be.\n";

    private static final String IMPORTS = """
            import java.nio.file.Path;
import org.lungo.deploy.text.GenerationSettings;
            import org.lungo.family.language.TextGenerator;
            import org.lungo.family.language.training.LanguageStudy;
            import org.lungo.tensor.Scope;
            import org.lungo.train.Listener;
            """;

    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        Path text = Files.writeString(folder.resolve("corpus.txt"), LINE.repeat(300));
        run = folder.resolve("run");
        Shell outcome = Shell.run(small("train", text.toString(), "--out", run.toString(), "--seed", "7"));
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains(
                        "Epoch 2/2",
                        "perplexity",
                        "tokens a second",
                        "lungo generate " + run + " --prompt '床前明月光，疑是地上霜。To be, or not to'");
    }

    @Test
    void writesOnAndNothingElseComesToStandardOutput() {
        Shell outcome =
                Shell.run("generate", run.toString(), "--prompt", "床前明月", "--max-tokens", "8", "--temperature", "0");
        assertThat(outcome.out()).isEqualTo("光，疑是地上霜。\n");
        Shell again = Shell.run("generate", run.toString(), "--prompt", "T", "--max-tokens", "20", "--seed", "3");
        assertThat(Shell.run("generate", run.toString(), "--prompt", "T", "--max-tokens", "20", "--seed", "3")
                        .out())
                .isEqualTo(again.out());
        Shell json = Shell.run(
                "generate", run.toString(), "--prompt", "To be,", "--stop", "to", "--temperature", "0", "--json");
        assertThat(json.out()).contains("\"text\":\" or not \"").contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void talksLineByLine() throws Exception {
        Path said = Files.writeString(folder.resolve("said.txt"), "床前明月\n\n/reset\nTo é\n/reset\nTo é\n/quit\nnever\n");
        Path log = folder.resolve("chat.log");
        Path notes = folder.resolve("chat.notes");
        Process chat = Shell.process(folder, log, "chat", run.toString(), "--max-tokens", "4", "--temperature", "0")
                .redirectInput(said.toFile())
                .redirectErrorStream(false)
                .redirectError(notes.toFile())
                .start();
        assertThat(chat.waitFor()).isZero();
        assertThat(notes)
                .content()
                .contains("note: the model has no chat template; it continues lines such as 'user: ...'")
                .containsOnlyOnce("note: the model does not know 'é'")
                .doesNotContain("error ");
        assertThat(log)
                .content()
                .isEqualTo(answered("user: 床前明月\nassistant:")
                        + answered("user: To é\nassistant:").repeat(2));
        assertThat(Shell.run("chat", "--help").out()).contains("/reset forgets");
    }

    /** What the model writes on after {@code prompt}, as the chat does. */
    private static String answered(String prompt) {
        return Shell.run("generate", run.toString(), "--prompt", prompt, "--max-tokens", "4", "--temperature", "0")
                .out();
    }

    @Test
    void saysOnceWhichCharactersTheModelDoesNotKnow() {
        Shell outcome = Shell.run("generate", run.toString(), "--prompt", "é☃é", "--max-tokens", "2");
        assertThat(outcome.err())
                .isEqualTo("note: the model does not know 'é', '☃', characters that its training text did not hold; all"
                        + " such characters are the same to it\n");
        assertThat(Shell.run("generate", run.toString(), "--prompt", "To be", "--max-tokens", "2")
                        .err())
                .isEmpty();
    }

    @Test
    void saysOnceOfAFileWhichCharactersTheModelDoesNotKnow() throws IOException {
        Path texts = Files.writeString(folder.resolve("unknown.txt"), "To é\nTo be\né é\n");
        Path out = folder.resolve("unknown.jsonl");
        Shell outcome = Shell.run("predict", run.toString(), texts.toString(), "--out", out.toString());
        assertThat(outcome.err())
                .containsOnlyOnce("note: the model does not know 'é', a character that its training text did not hold;"
                        + " all such characters are the same to it (in 2 texts of " + texts + ")\n");
    }

    @Test
    void saysThatAnInterruptedFileStartsAgain() throws Exception {
        Path texts = Files.writeString(folder.resolve("many.txt"), "To be,\n".repeat(100_000));
        Path out = folder.resolve("many.jsonl");
        Path log = folder.resolve("many.log");
        Process process =
                Shell.start(folder, log, "predict", run.toString(), texts.toString(), "--out", out.toString());
        while (process.isAlive() && !Files.exists(folder.resolve("many.jsonl.writing"))) {
            Thread.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(log)
                .content()
                .contains("Interrupted before " + out + " was written. The same command starts from the beginning.");
        assertThat(out).doesNotExist();
    }

    @Test
    void continuesTheTextsOfAFile() throws IOException {
        Path texts = Files.writeString(folder.resolve("prompts.txt"), "床前明月\n\nTo be,\n");
        Path out = folder.resolve("predicted/texts.jsonl");
        Shell outcome = Shell.run("predict", run.toString(), texts.toString(), "--out", out.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("3 texts continued, ").endsWith(": " + out + System.lineSeparator());
        assertThat(Files.readAllLines(out))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("{\"prompt\":\"床前明月\",\"text\":\"");
        Path objects = Files.writeString(
                folder.resolve("prompts.jsonl"),
                "{\"id\":7,\"text\":\"床前明月\",\"temperature\":0,\"max_tokens\":8}\n"
                        + "{\"prompt\":\"To be,\",\"temperature\":0,\"stop\":\"to\"}\n");
        Shell json = Shell.run("predict", run.toString(), objects.toString(), "--out", out.toString(), "--json");
        assertThat(json.out()).startsWith("{\"texts\":2,\"tokens\":");
        assertThat(Files.readAllLines(out))
                .containsExactly(
                        "{\"id\":7,\"prompt\":\"床前明月\",\"temperature\":0,\"max_tokens\":8,"
                                + "\"text\":\"光，疑是地上霜。\",\"ended\":false}",
                        "{\"prompt\":\"To be,\",\"temperature\":0,\"stop\":\"to\",\"text\":\" or not \",\"ended\":true}");
        assertThat(Shell.run("predict", run.toString(), texts.toString(), "--out", out.toString(), "--keep", "id"))
                .matches(o -> o.code() == 2 && o.err().contains("holds a language model, which continues the texts"));
        Path wrong = Files.writeString(folder.resolve("wrong.jsonl"), "{\"text\":\"a\"}\n{\"text\":7}\n");
        Path none = folder.resolve("none.jsonl");
        assertThat(Shell.run("predict", run.toString(), wrong.toString(), "--out", none.toString()))
                .matches(o -> o.code() == 3 && o.err().startsWith("error E302: " + wrong + ":2: expected an object"));
        assertThat(none).doesNotExist();
    }

    @Test
    void saysHowGoodItIs() throws IOException {
        assertThat(Shell.run("evaluate", run.toString()).out()).startsWith("val_loss 0.");
        Path other = Files.writeString(folder.resolve("other.txt"), "be not To ".repeat(100));
        assertThat(Shell.run("evaluate", run.toString(), other.toString(), "--json")
                        .out())
                .contains("\"val_tokens\" : 1001");
        assertThat(Shell.run("inspect", run.toString()).out())
                .contains(
                        "A language model with",
                        "Every file is as its manifest says",
                        "Its 3 golden examples give the same answers");
    }

    @Test
    void leavesForOtherLibrariesAndIsTrainedOn() {
        Path out = folder.resolve("exported");
        assertThat(Shell.run("export", run.toString(), "--to", "huggingface", "--out", out.toString())
                        .code())
                .isZero();
        assertThat(out.resolve("manifest.json")).doesNotExist();
        assertThat(Shell.run("generate", out.toString(), "--prompt", "床前明月", "--max-tokens", "2", "--temperature", "0")
                        .out())
                .isEqualTo("光，\n");
        Shell on = Shell.run(small(
                "train",
                folder.resolve("corpus.txt").toString(),
                "--out",
                folder.resolve("on").toString(),
                "--set",
                "model.from='" + out + "'"));
        assertThat(on.code()).isZero();
    }

    @Test
    void checkShowsTheConfigAndHowMuchTextThereIs() throws IOException {
        Path corpus = folder.resolve("corpus.txt");
        int characters = Files.readString(corpus).length();
        assertThat(Shell.run("check", corpus.toString()))
                .matches(o -> o.code() == 0 && o.out().contains("model     gpt2, "))
                .matches(o -> o.out()
                        .contains(
                                String.format(Locale.ROOT, "%,d characters; the last 0.1 is validated on", characters)))
                .matches(o -> o.out().lines().count() <= 24);
    }

    @Test
    void wrongInputIsRefused() throws IOException {
        assertThat(Shell.run(
                        "predict",
                        run.toString(),
                        "rows.csv",
                        "--out",
                        folder.resolve("p.jsonl").toString()))
                .matches(o -> o.code() == 3 && o.err().contains("cannot read rows.csv: no such file"));
        assertThat(Shell.run("export", run.toString(), "--to", "onnx", "--out", "x.onnx"))
                .matches(o -> o.code() == 2 && o.err().contains("export it --to huggingface"));
        assertThat(Shell.run("generate", folder.toString(), "--prompt", "x"))
                .matches(o -> o.code() == 2 && o.err().contains("no tokenizer.json"));
        assertThat(Shell.run("generate", run.toString(), "--temperature", "-1"))
                .matches(o -> o.code() == 2 && o.err().contains("temperature"));
        Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xC3, 0x28, 0x41});
        assertThat(Shell.run(
                        "train", binary.toString(), "--out", folder.resolve("b").toString()))
                .matches(o -> o.code() == 3 && o.err().contains("is not utf-8"));
        assertThat(Shell.run("train", folder.resolve("corpus.txt").toString(), "--set", "model.layer=2"))
                .matches(o -> o.code() == 2 && o.err().contains("did you mean 'layers'"));
        byte[] metrics = Files.readAllBytes(run.resolve("metrics.json"));
        Files.write(run.resolve("metrics.json"), new byte[] {0});
        assertThat(Shell.run("evaluate", run.toString())).matches(o -> o.code() == 5);
        Files.write(run.resolve("metrics.json"), metrics);
    }

    @Test
    void theDocumentsJavaRuns() throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("java"));
        Files.writeString(own.resolve("corpus.txt"), LINE.repeat(100));
        String output = JavaSnippet.of("docs/language.md").run(IMPORTS, own);
        assertThat(output.length()).isGreaterThan(100);
    }

    private static String[] small(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        for (String set : List.of(
                "model.layers=2",
                "model.heads=2",
                "model.hidden=32",
                "model.context=32",
                "train.epochs=2",
                "train.steps_per_epoch=80",
                "train.batch_size=8",
                "train.learning_rate=0.01")) {
            all.addAll(List.of("--set", set));
        }
        return all.toArray(String[]::new);
    }
}
