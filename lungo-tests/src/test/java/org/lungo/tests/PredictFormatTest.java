package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.train.Listener;

/** {@code lungo predict} reads files as the training files were read, unless settings say otherwise. */
class PredictFormatTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    /** Of Latin-1 with a bar between values, two lines before the names, and a comma in numbers: none of it is a guess. */
    @BeforeAll
    static void train() throws IOException {
        StringBuilder rows = new StringBuilder("Ausgabe\nvom 1.1.\nwert|klasse|tag|label\n");
        for (int i = 0; i < 200; i++) {
            rows.append(i % 10).append(',').append(i % 7 + 10).append(i % 2 == 0 ? "|böse|" : "|lieb|");
            rows.append(String.format("%02d.01.2024|", i % 28 + 1)).append(i % 10 > 4 ? "ja\n" : "nein\n");
        }
        Path data = write(shared.resolve("train.csv"), rows.toString(), StandardCharsets.ISO_8859_1);
        TableStudy.run(
                        data.toString(),
                        "label",
                        "data.read.encoding=latin-1",
                        "data.read.delimiter='|'",
                        "data.read.skip=2",
                        "train.epochs=1",
                        "model.hidden=[8]",
                        "model.members=1")
                .into(shared.resolve("run"), Listener.NONE);
    }

    @Test
    void remembersHowTheTrainingsFilesWereWritten() throws IOException {
        assertGood(predict("a|b\nc|d\nwert|klasse|tag\n3,14|böse|05.01.2024\n", StandardCharsets.ISO_8859_1), "3,14");
    }

    @Test
    void readsOtherFilesAsSettingsSay() throws IOException {
        String text = "klasse,wert,tag\nböse,1.50,2024/31/01\n";
        Shell wrong =
                predict(text, StandardCharsets.UTF_8, "--set", "data.read.skip=0", "--set", "data.read.encoding=utf-8");
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.err())
                .contains("error E309: ", "must have the column 'wert'")
                .contains("they are divided at '|', another is named or found by data.read.delimiter");
        assertGood(
                predict(
                        text,
                        StandardCharsets.UTF_8,
                        "--set",
                        "data.read.skip=0",
                        "--set",
                        "data.read.encoding=utf-8",
                        "--set",
                        "data.read.delimiter=null",
                        "--set",
                        "data.read.decimal=.",
                        "--set",
                        "data.read.date_format=['%Y/%d/%m']"),
                "1.50");
    }

    @Test
    void refusesOtherKeysAndValues() throws IOException {
        assertThat(predict("", StandardCharsets.UTF_8, "--set", "train.epochs=3"))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(2))
                .satisfies(ended -> assertThat(ended.err())
                        .contains("--set train.epochs=3: error E203: unknown key 'train'; known are data"));
        assertThat(predict("", StandardCharsets.UTF_8, "--set", "data.read.encoding=latn")
                        .err())
                .contains("--set data.read.encoding=latn: error E205:");
        assertThat(predict("", StandardCharsets.UTF_8, "--set", "data.read.date_format=['%Y/%d/%m','%d.%m.%Y']")
                        .err())
                .contains(
                        "data.read.date_format must be one form, in which every date is read. Received: [%Y/%d/%m, %d.%m.%Y]");
    }

    private void assertGood(Shell ended, String kept) throws IOException {
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("1 row predicted").doesNotContain("unknown", "could not be used");
        assertThat(Files.readString(folder.resolve("out.csv"))).contains(kept);
    }

    private Shell predict(String text, Charset encoding, String... more) throws IOException {
        Path in = write(folder.resolve("in.csv"), text, encoding);
        Path out = folder.resolve("out.csv");
        String[] arguments = new String[6 + more.length];
        String[] first = {
            "predict", shared.resolve("run").toString(), in.toString(), "--out", out.toString(), "--keep=all"
        };
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        return Shell.run(arguments);
    }

    private static Path write(Path file, String text, Charset encoding) throws IOException {
        return Files.writeString(file, text, encoding);
    }
}
