package org.lungo.preprocess.cleaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.data.BusyException;
import org.lungo.data.DataException;
import org.lungo.data.ReadOptions;
import org.lungo.data.WriteLock;
import org.lungo.preprocess.PlainText;
import org.lungo.preprocess.TextPreprocessor.Form;

class CleaningTest {
    private static final String SPEECH =
            "To be, or not to be, that is the question: Whether 'tis nobler in the mind to suffer"
                    + " the slings and arrows of outrageous fortune, or to take arms against a sea of troubles";

    @TempDir
    Path folder;

    @Test
    void writesTextsWithoutWhatIsNoText() {
        PlainText plain = new PlainText(Form.NFC, true);
        assertThat(
                        plain.of(
                                "  Cafe\u0301\u0000 \uFEFF<b>b</b>&amp;c \r\nd\r<p>e<br/>f</p><script>x < y</script>g &#x597d; "))
                .isEqualTo("Café b&c\nd\ne\nf\ng 好");
        assertThat(plain.of("a < b and b > c, 床\uFFFD前 👨‍👩‍👧")).isEqualTo("a < b and b > c, 床前 👨‍👩‍👧");
        assertThat(new PlainText(Form.NFKC, false).of("ｆｕｌｌ <b>")).isEqualTo("full <b>");
        assertThat(new PlainText(Form.NONE, false).of("e\u0301")).isEqualTo("e\u0301");
        assertThat(plain.of("<style>never closed")).isEqualTo("never closed");
        assertThat(plain.of(" \n\u0007\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EN | I didn't laugh. I didn't smile. I survived.
            EN | The quick brown fox jumps over the lazy dog
            ZH | 房间很大，服务非常好，下次还来 (iPhone)
            OTHER | Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche
            OTHER | Le film est une réussite et les acteurs sont très bons
            OTHER | 私はこの映画がとても好きです
            OTHER | Этот фильм мне очень понравился
            UNKNOWN | great movie
            UNKNOWN | 12:30
            """)
    void tellsLanguages(Language language, String text) {
        assertThat(Language.of(text)).isEqualTo(language);
    }

    @Test
    void reportsWhatEachRuleTookWithItsFirstText() throws IOException {
        Path corpus = Files.writeString(
                folder.resolve("corpus.txt"),
                String.join(
                        "\n\n",
                        SPEECH,
                        SPEECH.toUpperCase(),
                        SPEECH + " and by opposing end them",
                        "short",
                        "===== 1234567 =====",
                        "Der Film ist sehr gut und die Schauspieler sind nicht schlecht",
                        "again and again\nagain and again\nagain and again",
                        "<i>\u0007</i>",
                        "Thou art <b>more</b> lovely and more temperate."));
        Path out = folder.resolve("clean.txt");
        Cleaning cleaning = Cleaning.DEFAULTS
                .withDuplicates(0.7)
                .withLanguages(Language.EN)
                .withLimits(new Cleaning.Limits(10, 1000, 0.5, 0.3));
        CleaningReport report = CleanCorpus.write(cleaning, paragraphs(corpus), out);
        assertThat(Files.readString(out)).isEqualTo(SPEECH + "\n\nThou art more lovely and more temperate.\n\n");
        assertThat(report.toText().lines())
                .containsExactly(
                        "2 of 9 texts kept (0.0 of 0.0 million characters)",
                        "empty             1  nothing is left of it: text 8 \"<i></i>\"",
                        "short             1  shorter than min-characters: text 4 \"short\"",
                        "letters           1  fewer letters than min-letters: text 5 \"===== 1234567 =====\"",
                        "repeated          1  more repeated lines than max-repeated: text 7"
                                + " \"again and again again and again again and again\"",
                        "language          1  in another language: text 6"
                                + " \"Der Film ist sehr gut und die Schauspieler sind nicht schlec...\"",
                        "equal             1  the words of an earlier text: text 2, of text 1,"
                                + " \"TO BE, OR NOT TO BE, THAT IS THE QUESTION: WHETHER 'TIS NOBL...\"",
                        "similar           1  nearly an earlier text: text 3, of text 1,"
                                + " \"To be, or not to be, that is the question: Whether 'tis nobl...\"",
                        "changed           1  kept, but changed by the normalisation: text 9"
                                + " \"Thou art <b>more</b> lovely and more temperate.\"");
        CleaningReport all =
                CleanCorpus.write(Cleaning.DEFAULTS.withDuplicates(0), paragraphs(corpus), folder.resolve("all.txt"));
        assertThat(all.kept().texts()).isEqualTo(8);
    }

    @Test
    void keepsTheOtherColumnsOfATable() throws IOException {
        Path table = Files.writeString(
                folder.resolve("reviews.csv"), "label,review\n1,\"good, very\ngood\"\nNA,GOOD very good\n2,\n");
        Path out = folder.resolve("clean.jsonl.gz");
        CleaningReport report = CleanCorpus.write(
                Cleaning.DEFAULTS,
                new Corpus(table.toString(), ReadOptions.DEFAULTS, "review", Corpus.Unit.DOCUMENT),
                out);
        assertThat(report.taken().keySet()).containsExactly(Rule.EMPTY, Rule.EQUAL);
        assertThat(new String(
                        new java.util.zip.GZIPInputStream(Files.newInputStream(out)).readAllBytes(),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"label\":\"1\",\"review\":\"good, very\\ngood\"}\n");
        assertThatThrownBy(() ->
                        CleanCorpus.write(Cleaning.DEFAULTS, Corpus.of(table.toString()), folder.resolve("x.jsonl")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column 'text'")
                .hasMessageContaining("--column");
    }

    @Test
    void aFolderOfLabelledTextsKeepsItsLabels() throws IOException {
        Files.createDirectories(folder.resolve("in/pos"));
        Files.writeString(folder.resolve("in/pos/a.txt"), "good");
        Path out = folder.resolve("clean.jsonl");
        CleanCorpus.write(Cleaning.DEFAULTS, Corpus.of(folder.resolve("in").toString()), out);
        assertThat(Files.readString(out)).isEqualTo("{\"file\":\"pos/a.txt\",\"label\":\"pos\",\"text\":\"good\"}\n");
    }

    @Test
    void takesNothingOutOfDistinctChineseTexts() throws IOException {
        StringBuilder lines = new StringBuilder();
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 2000; i++) {
            lines.append("酒店");
            random.ints(30, 0x4E00, 0x5000).forEach(lines::appendCodePoint);
            lines.append("服务不错\n");
        }
        Path corpus = Files.writeString(folder.resolve("zh.txt"), lines);
        CleaningReport report = CleanCorpus.write(
                Cleaning.DEFAULTS.withLanguages(Language.ZH), lines(corpus), folder.resolve("out.txt"));
        assertThat(report.kept().texts()).isEqualTo(2000);
        assertThat(Files.readString(folder.resolve("out.txt"))).isEqualTo(lines.toString());
    }

    @Test
    void isAloneInWritingAFileAndReplacesWhatWasCutOff() throws IOException {
        Path corpus = Files.writeString(folder.resolve("a.txt"), "one\n");
        Path other = folder.resolve("other.jsonl");
        Files.writeString(folder.resolve("other.jsonl.part"), "of a cleaning that was cut off");
        try (WriteLock lock = WriteLock.ofFile(other)) {
            assertThatThrownBy(() -> CleanCorpus.write(Cleaning.DEFAULTS, Corpus.of(corpus.toString()), other))
                    .isInstanceOf(BusyException.class);
        }
        CleanCorpus.write(Cleaning.DEFAULTS, Corpus.of(corpus.toString()), other);
        assertThat(other).content().doesNotContain("cut off");
        assertThat(folder).isDirectoryNotContaining("glob:**{part,lock}");
    }

    @Test
    void overwritesNothingAndLeavesNothingHalf() throws IOException {
        Path corpus = Files.writeString(folder.resolve("a.txt"), "one\n");
        Path out = Files.writeString(folder.resolve("out.jsonl"), "precious");
        assertThatThrownBy(() -> CleanCorpus.write(Cleaning.DEFAULTS, Corpus.of(corpus.toString()), out))
                .hasMessage(out + " exists and is not overwritten; name another file with --out");
        assertThatThrownBy(() ->
                        CleanCorpus.write(Cleaning.DEFAULTS, Corpus.of(corpus.toString()), folder.resolve("b.txt")))
                .hasMessageContaining("write a .jsonl");
        assertThatThrownBy(() -> CleanCorpus.write(Cleaning.DEFAULTS, lines(corpus), folder.resolve("b.csv")))
                .hasMessageContaining("--out must end in .jsonl or .txt");
        Files.write(corpus, new byte[] {'a', '\n', (byte) 0xE8, '\n'});
        assertThatThrownBy(() -> CleanCorpus.write(Cleaning.DEFAULTS, lines(corpus), folder.resolve("c.txt")))
                .hasMessageContaining("a.txt is not utf-8");
        assertThat(List.of(folder.toFile().list())).containsExactlyInAnyOrder("a.txt", "out.jsonl");
        assertThat(Files.readString(out)).isEqualTo("precious");
    }

    private static Corpus paragraphs(Path file) {
        return new Corpus(file.toString(), ReadOptions.DEFAULTS, "text", Corpus.Unit.PARAGRAPH);
    }

    private static Corpus lines(Path file) {
        return new Corpus(file.toString(), ReadOptions.DEFAULTS, "text", Corpus.Unit.LINE);
    }
}
