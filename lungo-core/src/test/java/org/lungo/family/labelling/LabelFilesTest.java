package org.lungo.family.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.data.DataException;
import org.lungo.data.LabelScheme;

final class LabelFilesTest {
    @TempDir
    Path folder;

    @Test
    void readsColumnsOfEitherKind() throws IOException {
        String spaces = "-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n\n\nBonn NNP I-NP I-LOC\n";
        LabelledCorpus corpus = read("a.conll", spaces);
        assertThat(corpus.sentences())
                .containsExactly(
                        new LabelledSentence(List.of("EU", "rejects"), List.of("B-ORG", "O")),
                        new LabelledSentence(List.of("Bonn"), List.of("B-LOC")));
        assertThat(corpus.scheme()).isEqualTo(LabelScheme.IOB1);
        assertThat(corpus.tokens()).isEqualTo(3);
        LabelledCorpus tabs = read("b.conll", "\uFEFF# text = a b\r\nNew York\tB-LOC\r\n#\tO\r\n\r\n#\tO\r\nx\tO\r\n");
        assertThat(tabs.sentences().get(0).tokens()).containsExactly("New York", "#");
        assertThat(tabs.sentences().get(1).tokens()).containsExactly("#", "x");
        assertThat(tabs.notes()).isEmpty();
    }

    @Test
    void readsJsonLinesPackedFilesAndFolders() throws IOException {
        Path all = Files.createDirectory(folder.resolve("all"));
        Files.writeString(
                all.resolve("b.jsonl"), "{\"tokens\": [\"北\", \"京\"], \"labels\": [\"B-LOC\", \"E-LOC\"]}\n\n");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(all.resolve("a.bmes.gz")))) {
            out.write("上 B-LOC\n海 M-LOC\n市 E-LOC\n我 S-PER\n".getBytes(StandardCharsets.UTF_8));
        }
        LabelledCorpus corpus = new LabelFiles(all.toString(), "utf-8").read();
        assertThat(corpus.sentences())
                .containsExactly(
                        new LabelledSentence(List.of("上", "海", "市", "我"), List.of("B-LOC", "I-LOC", "I-LOC", "B-PER")),
                        new LabelledSentence(List.of("北", "京"), List.of("B-LOC", "I-LOC")));
        assertThat(corpus.scheme()).isEqualTo(LabelScheme.BIOES);
        assertThat(corpus.labels()).containsExactly("B-LOC", "B-PER", "I-LOC");
        assertThat(new LabelFiles(all.toString(), "utf-8").fingerprint()).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource({
        "I-A I-A O I-A B-A,    iob1,  B-A I-A O B-A B-A",
        "B-A I-A O B-A B-A,    bio,   B-A I-A O B-A B-A",
        "B-A E-A O S-A S-A,    bioes, B-A I-A O B-A B-A",
        "B-A L-A O U-A U-A,    bioes, B-A I-A O B-A B-A",
        "B-A M-A E-A S-B,      bioes, B-A I-A I-A B-B",
        "I-A I-B O,            iob1,  B-A B-B O",
        "B E S B M E,          bioes, B I B B I I",
        "NN VBZ DT O,          plain, NN VBZ DT O",
        "O O O,                bio,   O O O"
    })
    void recognisesTheScheme(String labels, String scheme, String bio) throws IOException {
        LabelledCorpus corpus = read("x.conll", columns(labels));
        assertThat(corpus.scheme()).hasToString(scheme);
        assertThat(corpus.sentences().get(0).labels()).containsExactly(bio.split(" "));
        assertThat(corpus.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "B_PER I_PER O B_LOC,  bio,   B-PER I-PER O B-LOC, B_PER as B-PER",
        "b-per i-per 0 b-loc,  bio,   B-per I-per O B-loc, 0 as O",
        "B-PER I-PER 0 0,      bio,   B-PER I-PER O O,     0 as O",
        "i_per o i_per,        iob1,  B-per O B-per,       o as O",
        "b-x e-x o s-x,        bioes, B-x I-x O B-x,       s-x as S-x",
        "B_A B-A O,            bio,   B-A B-A O,           B_A as B-A"
    })
    void readsLooseSpellingsAsBordersAndSaysSo(String labels, String scheme, String bio, String said)
            throws IOException {
        LabelledCorpus corpus = read("x.conll", columns(labels));
        assertThat(corpus.scheme()).hasToString(scheme);
        assertThat(corpus.sentences().get(0).labels()).containsExactly(bio.split(" "));
        assertThat(corpus.notes().get(0))
                .startsWith("labels in another spelling were read as borders of entities: ")
                .contains(said);
    }

    @Test
    void leavesLabelsThatAreNoBorders() throws IOException {
        for (String labels : List.of("NN 0 o", "0 1 1 0", "b i o", "B_1 x b")) {
            LabelledCorpus corpus = read("x.conll", columns(labels));
            assertThat(corpus.scheme()).isEqualTo(LabelScheme.PLAIN);
            assertThat(corpus.sentences().get(0).labels()).containsExactly(labels.split(" "));
            assertThat(corpus.notes()).isEmpty();
        }
        fails("a.conll", "EU B_ORG\nx PER\ny O\n", ":1: expected a label such as O, B-LOC or I-LOC");
    }

    @Test
    void shortensTheNoteOfManySpellings() throws IOException {
        LabelledCorpus corpus = read("x.conll", columns("B_A B_B B_C B_D B_E B_F O"));
        assertThat(corpus.notes().get(0)).endsWith("B_C as B-C, B_D as B-D and 2 more");
    }

    @Test
    void repairsAsConllevalAndSaysSoOnce() throws IOException {
        LabelledCorpus bio = read("x.conll", columns("B-A I-B O I-B B-A I-A") + "\n" + columns("O I-A"));
        assertThat(bio.sentences().get(0).labels()).containsExactly("B-A", "B-B", "O", "B-B", "B-A", "I-A");
        assertThat(bio.notes())
                .containsExactly("entities that break the rules of bio were read as conlleval reads them: 3 without a"
                        + " beginning (the first at " + folder.resolve("x.conll") + ":2)");
        LabelledCorpus bioes = read("x.conll", columns("B-A O E-A S-A B-A"));
        assertThat(bioes.sentences().get(0).labels()).containsExactly("B-A", "O", "B-A", "B-A", "B-A");
        assertThat(bioes.notes().get(0))
                .contains("1 without a beginning (the first at " + folder.resolve("x.conll") + ":3)")
                .contains("2 without an end (the first at " + folder.resolve("x.conll") + ":1)");
    }

    @Test
    void namesTheLineThatCannotBeUsed() throws IOException {
        fails("a.conll", "EU B-ORG\nrejects\n", ":2: expected 2 columns, as in the lines before it. Received: 1");
        fails("a.conll", "EU NNP O\n\nx NNP NP O\n", ":3: expected 3 columns");
        fails("a.conll", "\nEU\nrejects\n", ":2: expected a token and its label");
        fails("a.conll", "EU O\n B-LOC\n", ":2: expected a token in the first column and a label in the last");
        fails("a.conll", "\n-DOCSTART- O\n\n", "holds no token");
        fails("a.conll", "EU B-ORG\nx BPER\ny O\n", ":2: expected a label such as O, B-LOC or I-LOC");
        fails("a.jsonl", "{\"tokens\": [\"a\"], \"labels\": []}", ":1: a sentence must have a label for each of its 1");
        fails("a.jsonl", "\n{\"tokens\": [], \"labels\": []}", ":2: a sentence must have at least one token");
        fails("a.jsonl", "{\"tokens\": [\"\"], \"labels\": [\"O\"]}", "lists of texts that are not empty");
        fails("a.jsonl", "{\"tokens\": \"a\", \"labels\": [\"O\"]}", ":1: expected {\"tokens\": [...]");
        fails("a.jsonl", "{\"tokens\"", ":1: no valid JSON");
        fails("a.jsonl", "\n", "holds no sentence");
        Path wrong = Files.write(folder.resolve("w.conll"), new byte[] {'a', ' ', 'O', '\n', (byte) 0xFF, ' ', 'O'});
        assertThatThrownBy(() -> new LabelFiles(wrong.toString(), "utf-8").read())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("w.conll:2: not utf-8 (byte 0xFF)");
        assertThatThrownBy(() -> new LabelFiles(folder + "/no.conll", "utf-8").read())
                .hasMessageContaining("no such file");
    }

    @Test
    void knowsSuchFilesByNameAndByLook() throws IOException {
        assertThat(LabelFiles.areMeant(write("a.bio", ""))).isTrue();
        assertThat(LabelFiles.areMeant(write("a.txt", "EU B-ORG\nrejects O\n\nx O\n")))
                .isTrue();
        assertThat(LabelFiles.areMeant(write("u.txt", "EU b_ORG\nrejects 0\n\nx 0\n")))
                .isTrue();
        assertThat(LabelFiles.areMeant(write("b.txt", "I saw O\n\nNothing here\n")))
                .isFalse();
        assertThat(LabelFiles.areMeant(write("c.txt", "Blood type O\n\nB-cell O\n")))
                .isFalse();
        assertThat(LabelFiles.areMeant(write("a.jsonl", "{\"tokens\": [\"a\"], \"labels\": [\"O\"]}\n")))
                .isTrue();
        assertThat(LabelFiles.areMeant(write("b.jsonl", "{\"text\": \"a\"}\n"))).isFalse();
        assertThat(LabelFiles.areMeant(folder + "/missing.txt")).isFalse();
        assertThat(LabelFiles.areMeant("jdbc:x")).isFalse();
    }

    private void fails(String name, String text, String message) throws IOException {
        String file = write(name, text);
        assertThatThrownBy(() -> new LabelFiles(file, "utf-8").read())
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file)
                .hasMessageContaining(message);
    }

    private LabelledCorpus read(String name, String text) throws IOException {
        return new LabelFiles(write(name, text), "utf-8").read();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String columns(String labels) {
        StringBuilder text = new StringBuilder();
        for (String label : labels.strip().split(" +")) {
            text.append("w ").append(label).append('\n');
        }
        return text.toString();
    }
}
