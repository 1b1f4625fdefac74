package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.WriteLock;

/** Commands that read texts: tokenizer, clean, and train on what is odd. */
class TextCommandsTest {
    private static final String LINE = "床前明月光, to be or not to be\n";

    @TempDir
    Path folder;

    @Test
    void learnsATokenizerAndShowsItsTokens() throws IOException {
        String text =
                Files.writeString(folder.resolve("a.txt"), LINE.repeat(20)).toString();
        String file = folder.resolve("tokenizer.json").toString();
        Shell learned = Shell.run("tokenizer", "train", text, "--type", "bpe", "--size", "300", "--out", file);
        assertThat(learned.out()).contains(file + ": ").contains("(bpe)").contains("bytes per token");
        try (WriteLock lock = WriteLock.ofFile(Path.of(file))) {
            Shell second = Shell.run("tokenizer", "train", text, "--out", file);
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).startsWith("error E107: another process is writing " + file);
        }
        Shell json = Shell.run("tokenizer", "train", text, "--type", "char", "--size", "40", "--out", file, "--json");
        assertThat(json.out()).contains("\"type\":\"char\"").contains("\"bytes_per_token\":");
        Shell shown = Shell.run("tokenizer", "encode", file, "--text", "月光 be");
        assertThat(shown.out().lines().map(line -> line.replaceFirst("\\d+ ", "")))
                .containsExactly("\"月\"", "\"光\"", "\" \"", "\"b\"", "\"e\"");
        assertThat(Shell.run("tokenizer", "encode", file, text).out().lines()).hasSize(20 * LINE.length());
        assertThat(Shell.run(
                                "tokenizer",
                                "train",
                                text,
                                "--type",
                                "word",
                                "--lowercase",
                                "--special",
                                "[UNK],<s>",
                                "--out",
                                file)
                        .code())
                .isZero();
        assertThat(Shell.run("tokenizer", "encode", file, "--text", "<s> TO")
                        .out()
                        .lines())
                .containsExactly(
                        "1 \"<s>\"",
                        Shell.run("tokenizer", "encode", file, "--text", "to")
                                .out()
                                .strip());
    }

    @Test
    void saysWhatIsWrongWithATokenizer() throws IOException {
        assertThat(Shell.run("tokenizer", "encode", "none.json", "--text", "x"))
                .matches(o -> o.code() != 0 && o.err().contains("none.json"));
        assertThat(Shell.run("tokenizer", "encode", "none.json"))
                .matches(o -> o.code() == 2 && o.err().contains("either a FILE or --text must be given"));
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"model\": {}}");
        assertThat(Shell.run("tokenizer", "encode", broken.toString(), "--text", "x"))
                .matches(o -> o.code() == 5 && o.err().contains("is damaged or not a tokenizer"));
        assertThat(Shell.run("tokenizer", "train", folder.resolve("none.txt").toString()))
                .matches(o -> o.code() == 3 && o.err().contains("no such file"));
        assertThat(Shell.run("tokenizer").out()).contains("train").contains("encode");
        assertThat(Shell.run("doctor").out()).contains("tokenizers run");
    }

    @Test
    void cleansACorpus() throws IOException {
        Path corpus = Files.writeString(folder.resolve("a.txt"), LINE + LINE + "\n<b>short</b>\n");
        Path out = folder.resolve("clean.jsonl");
        Shell first = Shell.run(
                "clean", corpus.toString(), "--by", "line", "--min-characters", "10", "--out", out.toString());
        assertThat(first.out())
                .contains("1 of 3 texts kept")
                .contains("equal")
                .contains("text 2, of text 1")
                .contains("short");
        assertThat(Files.readString(out)).isEqualTo("{\"text\":\"" + LINE.strip() + "\"}\n");
        Shell again = Shell.run("clean", corpus.toString(), "--out", out.toString());
        assertThat(again).matches(o -> o.code() == 2 && o.err().contains("is not overwritten"));
        Shell json = Shell.run(
                "clean",
                corpus.toString(),
                "--languages",
                "en,zh",
                "--out",
                folder.resolve("b.jsonl.gz").toString(),
                "--json");
        assertThat(json.out()).contains("\"kept\":{\"texts\":1,");
        assertThat(Shell.run("clean", corpus.toString(), "--duplicates", "2", "--out", "x.jsonl"))
                .matches(o -> o.code() == 2 && o.err().contains("duplicates must be from 0 to 1. Received: 2.0"));
    }

    @Test
    void trainsOnLongDocumentsAndOnEmptyOnes() throws IOException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Files.writeString(
                texts.resolve("a.txt"), LINE.repeat(1_000_000 / LINE.getBytes(StandardCharsets.UTF_8).length));
        Files.writeString(texts.resolve("b.txt"), "");
        assertThat(train(
                        texts,
                        "lm",
                        "train.steps_per_epoch=3",
                        "model.layers=1",
                        "model.hidden=8",
                        "model.heads=1",
                        "data.validation=0.01",
                        "tokenizer.type=char"))
                .matches(o -> o.code() == 0 && o.out().contains("perplexity"), "trains");
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i == 3 ? "" : i % 2 == 0 ? "a good day to be here" : "not a bad word for you")
                    .append(i == 5 ? " and so on".repeat(1_000_000) : "")
                    .append(i % 2 == 0 ? ",yes\n" : ",no\n");
        }
        Path table = Files.writeString(folder.resolve("data.csv"), rows);
        assertThat(Shell.run(
                        "train",
                        table.toString(),
                        "--target",
                        "label",
                        "--out",
                        folder.resolve("run").toString(),
                        "--set",
                        "train.epochs=1",
                        "--set",
                        "model.type=text_bag",
                        "--set",
                        "features={text: text}"))
                .matches(o -> o.code() == 0, "trains");
    }

    @Test
    void namesTheFileAndLineThatIsNotUtf8() throws IOException {
        Path text = Files.write(folder.resolve("a.txt"), "one\ntr\u00e8s\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(train(text, "lm")).matches(o -> o.code() == 3 && o.err().contains("a.txt is not utf-8"));
        Path table = Files.write(
                folder.resolve("a.csv"), "text,label\ntr\u00e8s bien,yes\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Shell.run("train", table.toString(), "--target", "label"))
                .matches(o -> o.code() == 3 && o.err().contains("a.csv is not UTF-8 (line 2, byte 0xE8)"));
    }

    private Shell train(Path data, String run, String... sets) {
        java.util.List<String> all = new java.util.ArrayList<>(java.util.List.of(
                "train", data.toString(), "--out", folder.resolve(run).toString(), "--set", "train.epochs=1"));
        for (String set : sets) {
            all.addAll(java.util.List.of("--set", set));
        }
        return Shell.run(all.toArray(String[]::new));
    }
}
