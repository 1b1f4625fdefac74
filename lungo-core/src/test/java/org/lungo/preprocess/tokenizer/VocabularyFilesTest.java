package org.lungo.preprocess.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.tensor.CorruptFileException;

class VocabularyFilesTest {
    @TempDir
    private Path folder;

    @Test
    void readsEnglishBert() throws IOException {
        Tokenizer uncased =
                VocabularyFiles.bert(PublishedFiles.path("tokenizer_bert_en/bert-base-uncased-vocab.txt"), true);
        TokenizerTest.agrees(uncased, "tokenizer_bert_en/bert_uncased_vectors_open.json", 15);
        assertThat(uncased.size()).isEqualTo(30_522);
        Tokenizer cased =
                VocabularyFiles.bert(PublishedFiles.path("tokenizer_bert_en/bert-base-cased-vocab.txt"), false);
        TokenizerTest.agrees(cased, "tokenizer_bert_en/bert_cased_vectors_open.json", 4);
        assertThat(cased.size()).isEqualTo(28_996);
    }

    @Test
    void readsChineseBert() throws IOException {
        Tokenizer tokenizer = VocabularyFiles.bert(PublishedFiles.path("tokenizer_bert_zh/vocab_extracted.txt"), false);
        TokenizerTest.agrees(tokenizer, "tokenizer_bert_zh/bert_zh_vectors_open.json", 10);
        assertThat(tokenizer.size()).isEqualTo(21_128);
    }

    @Test
    void readsGpt2() throws IOException {
        Tokenizer tokenizer = VocabularyFiles.gpt2(
                PublishedFiles.path("tokenizer_gpt2/encoder.json"), PublishedFiles.path("tokenizer_gpt2/vocab.bpe"));
        assertThat(tokenizer.size()).isEqualTo(50_257);
        var vectors = PublishedFiles.vectors("tokenizer_gpt2/gpt2_vectors_open.json");
        assertThat(vectors).hasSize(13);
        for (PublishedFiles.Vector vector : vectors) {
            assertThat(tokenizer.encode(vector.text())).as(vector.name()).isEqualTo(vector.ids());
            assertThat(tokenizer.decode(vector.ids())).as(vector.name()).isEqualTo(vector.text());
        }
        assertThat(tokenizer.encode("a<|endoftext|>")).endsWith(50_256);
        assertThat(Tokenizer.parse(tokenizer.json()).encode("Hello World")).containsExactly(15_496, 2159);
    }

    @Test
    void refusesWhatIsNoVocabulary() throws IOException {
        assertThatThrownBy(() -> VocabularyFiles.bert(file("v.txt", "[UNK]\na\n\nb"), true))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("expected a token on every line. Received: none on line 3");
        assertThatThrownBy(() -> VocabularyFiles.bert(file("v.txt", "[UNK]\na\na"), true))
                .hasMessageContaining("tokens that differ. Received: 'a' twice");
        assertThatThrownBy(() -> VocabularyFiles.bert(file("v.txt", "a\nb"), true))
                .hasMessageContaining("a line [UNK]. Received: 2 other lines");
        assertThatThrownBy(() -> VocabularyFiles.gpt2(file("e.json", "[1]"), file("m.bpe", "")))
                .hasMessageContaining("an object of ids by token");
        assertThatThrownBy(() -> VocabularyFiles.gpt2(file("e.json", "{\"a\": 0.5}"), file("m.bpe", "")))
                .hasMessageContaining("a whole number as the id of 'a'. Received: 0.5");
        assertThatThrownBy(() -> VocabularyFiles.gpt2(file("e.json", "{\"a\": 0}"), file("m.bpe", "#version\na b")))
                .hasMessageContaining("two tokens of e.json on every line. Received: a b");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
