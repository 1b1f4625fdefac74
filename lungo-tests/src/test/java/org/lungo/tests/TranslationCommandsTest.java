package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.WriteLock;

/** The commands around a translation model, as a user types them, on the example. */
class TranslationCommandsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String GERMAN = ROOT.resolve("examples/scenes.de").toString();
    private static final String ENGLISH = ROOT.resolve("examples/scenes.en").toString();

    private static final String IMPORTS = """
            import java.nio.file.Path;
            import org.lungo.family.translation.Translator;
            import org.lungo.family.translation.training.TranslationStudy;
            import org.lungo.tensor.Scope;
            import org.lungo.train.Listener;
            """;

    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void train() {
        run = folder.resolve("run");
        Shell outcome = Shell.run(
                "train",
                ROOT.resolve("examples/translation.yaml").toString(),
                "--set",
                "data.path='" + GERMAN + "'",
                "--to",
                ENGLISH,
                "--set",
                "train.epochs=9",
                "--out",
                run.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Epoch 9/9", "BLEU ", "nrefs:1|case:mixed", "lungo translate " + run);
    }

    @Test
    void translatesLinesAndNothingElseComesToStandardOutput() throws IOException {
        Path file = Files.writeString(folder.resolve("new.de"), "Im Garten spielen zwei Hunde.\n\nEin Kind singt.");
        Shell printed = Shell.run("translate", run.toString(), file.toString(), "--beam", "2");
        assertThat(printed.code()).isZero();
        List<String> lines = printed.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("dogs");
        assertThat(lines.get(1)).isEmpty();
        Path out = folder.resolve("new.en");
        assertThat(Shell.run("translate", run.toString(), file.toString(), "--beam", "2", "--out", out.toString())
                        .out())
                .isEmpty();
        assertThat(Files.readString(out)).isEqualTo(printed.out());
        try (WriteLock lock = WriteLock.ofFile(out)) {
            Shell second = Shell.run("translate", run.toString(), file.toString(), "--out", out.toString());
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).startsWith("error E107: another process is writing " + out);
        }
        assertThat(Files.readString(out)).as("left alone").isEqualTo(printed.out());
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Files.readAllBytes(file)));
        try {
            assertThat(Shell.run("translate", run.toString(), "--beam", "2").out())
                    .isEqualTo(printed.out());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void saysHowGoodItIs() {
        String stored = Shell.run("evaluate", run.toString()).out();
        assertThat(stored).startsWith("BLEU ").contains("on 60 texts, beam 4, length penalty 0.6");
        Shell other = Shell.run("evaluate", run.toString(), GERMAN, "--to", ENGLISH, "--beam", "1", "--json");
        assertThat(other.out()).contains("\"bleu\" :", "\"texts\" : 600", "tok:13a", "\"beam\" : 1");
        assertThat(Shell.run("inspect", run.toString()).out())
                .contains("Translates texts of up to 256 tokens", "Its 3 golden examples give the same answers");
    }

    @Test
    void trainsOnColumnsOfATable() throws IOException {
        StringBuilder table = new StringBuilder("german\tenglish\n");
        for (int i = 0; i < 40; i++) {
            table.append("ein Hund\ta dog\n");
        }
        String tsv = Files.writeString(folder.resolve("pairs.tsv"), table).toString();
        Shell outcome = Shell.run(small(
                "train",
                tsv,
                "--from",
                "german",
                "--to",
                "english",
                "--out",
                folder.resolve("t").toString()));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("BLEU ");
        assertThat(Shell.run("check", tsv, "--from", "german", "--to", "english")
                        .out())
                .contains("data.to", "38 training, 2 validation", "transformer, ", "time      about ");
    }

    @Test
    void predictsFilesAsEveryFamilyDoes() throws IOException {
        Path file = Files.writeString(folder.resolve("some.de"), "Im Garten spielen zwei Hunde.\n\nEin Kind singt.");
        Path out = folder.resolve("predicted/some.en");
        Shell outcome = Shell.run("predict", run.toString(), file.toString(), "--out", out.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("3 texts translated, ").endsWith(": " + out + System.lineSeparator());
        assertThat(Files.readString(out))
                .isEqualTo(
                        Shell.run("translate", run.toString(), file.toString()).out())
                .contains("dogs");
        assertThat(out.resolveSibling("some.en.writing")).doesNotExist();
        assertThat(Shell.run("predict", run.toString(), file.toString(), "--out", out.toString(), "--json")
                        .out())
                .startsWith("{\"texts\":3,\"tokens\":");
        assertThat(Shell.run("predict", run.toString(), file.toString(), "--out", out.toString(), "--keep", "id"))
                .matches(o -> o.code() == 2 && o.err().contains("holds a translation model, which works line by line"));
        assertThat(Shell.run("predict", run.toString(), file.toString(), "--out", file.toString()))
                .matches(o -> o.code() == 2 && o.err().contains("another file than the one that is read"));
        Path wrong = Files.writeString(folder.resolve("wrong.de"), "Ein Hund.\n" + "Ein Hund. ".repeat(300));
        Path none = folder.resolve("none.en");
        assertThat(Shell.run("predict", run.toString(), wrong.toString(), "--out", none.toString()))
                .matches(o -> o.code() == 2 && o.err().contains("text 2 must have at most"));
        assertThat(none).doesNotExist();
    }

    @Test
    void wrongInputIsRefused() throws IOException {
        String other = Files.writeString(folder.resolve("short.en"), "one\n").toString();
        assertThat(Shell.run("train", GERMAN, "--to", other))
                .matches(o -> o.code() == 3 && o.err().contains("600 and 1 lines"));
        assertThat(Shell.run("train", GERMAN, "--to", ENGLISH, "--target", "label"))
                .matches(o -> o.code() == 2 && o.err().contains("Received: both"));
        assertThat(Shell.run("train", GERMAN, "--from", "german"))
                .matches(o -> o.code() == 2 && o.err().contains("with --to"));
        assertThat(Shell.run("train", GERMAN, "--to", ENGLISH, "--test", other))
                .matches(o -> o.code() == 2 && o.err().contains("takes no --test"));
        assertThat(Shell.run("generate", run.toString(), "--prompt", "Ein Hund"))
                .matches(o -> o.code() == 2 && o.err().contains("lungo translate"));
        assertThat(Shell.run("export", run.toString(), "--to", "huggingface", "--out", "x"))
                .matches(o -> o.code() == 2 && o.err().contains("holds a translation model"));
        assertThat(Shell.run("evaluate", run.toString(), GERMAN))
                .matches(o -> o.code() == 2 && o.err().contains("with --to FILE"));
        String lengthy = Files.writeString(folder.resolve("long.de"), "Ein Hund.\n" + "Ein Hund. ".repeat(300))
                .toString();
        assertThat(Shell.run("translate", run.toString(), lengthy))
                .matches(o -> o.code() == 2 && o.err().contains("text 2 must have at most 256 tokens"));
        assertThat(Shell.run("translate", folder.toString(), lengthy))
                .matches(o -> o.code() == 2 && o.err().contains("lungo train SOURCE --to TARGET"));
        assertThat(Shell.run("translate", run.toString(), lengthy, "--beam", "0"))
                .matches(o -> o.code() == 2 && o.err().contains("beam"));
    }

    @Test
    void theDocumentsJavaRuns() throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("java"));
        Files.writeString(own.resolve("train.de"), "Ein Hund.\n".repeat(40));
        Files.writeString(own.resolve("train.en"), "A dog.\n".repeat(40));
        assertThat(JavaSnippet.of("docs/translation.md").run(IMPORTS, own)).isNotNull();
    }

    private static String[] small(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        for (String set : List.of(
                "tokenizer.size=280",
                "model.encoder_layers=1",
                "model.decoder_layers=1",
                "model.hidden=16",
                "model.heads=2",
                "model.inner=16",
                "train.epochs=1")) {
            all.addAll(List.of("--set", set));
        }
        return all.toArray(String[]::new);
    }
}
