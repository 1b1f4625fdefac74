package org.lungo.preprocess.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.tensor.CorruptFileException;

class TokenizerTest {
    /** WordLevel over BERT's pieces of text: small enough to count by hand. */
    static final String WORDS = """
            {"version": "1.0",
             "added_tokens": [{"id": 4, "content": "[CLS]", "special": true}, {"id": 5, "content": "[SEP]", "special": true}],
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 5], "cls": ["[CLS]", 4]},
             "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "ein": 1, "Bär": 2, "\\ud83d\\udc3b": 3}}}
            """;

    private final Tokenizer words = Tokenizer.parse(WORDS);

    @Test
    void givesTheIdsOfEnglishBert() {
        Tokenizer tokenizer = Tokenizer.parse(PublishedFiles.text("tokenizer_bert_en/all-minilm-l6-v2-tokenizer.json"));
        agrees(tokenizer, "tokenizer_bert_en/bert_uncased_vectors_open.json", 15);
        assertThat(tokenizer.size()).isEqualTo(30_522);
        assertThat(tokenizer.paddingId()).isZero();
        agrees(
                Tokenizer.parse(PublishedFiles.text("tokenizer_bert_en/bert-base-cased-tokenizer.json.gz")),
                "tokenizer_bert_en/bert_cased_vectors_open.json",
                4);
    }

    @Test
    void givesTheIdsOfChineseBert() throws IOException {
        Tokenizer tokenizer = Tokenizer.load(PublishedFiles.path("tokenizer_bert_zh/bge-small-zh-v1.5-tokenizer.json"));
        agrees(tokenizer, "tokenizer_bert_zh/bert_zh_vectors_open.json", 10);
    }

    @Test
    void saysWhereEachTokenOfAPairCameFrom() {
        Encoding pair = words.encodeFully("ein 🐻", "x Bär");
        assertThat(pair.ids()).containsExactly(4, 1, 3, 5, 0, 2, 5);
        assertThat(pair.typeIds()).containsExactly(0, 0, 0, 0, 1, 1, 1);
        assertThat(pair.attentionMask()).containsOnly(1);
        assertThat(pair.starts()).containsExactly(0, 0, 4, 0, 0, 2, 0);
        assertThat(pair.ends()).containsExactly(0, 3, 6, 0, 1, 5, 0);
        assertThat(pair.words()).containsExactly(-1, 0, 1, -1, 0, 1, -1);
        assertThat(pair.sequences()).containsExactly(-1, 0, 0, -1, 1, 1, -1);
    }

    @Test
    void shortensTheLongerTextAndKeepsSpecialTokens() {
        Encoding pair = words.encodeFully("ein ein ein ein", "Bär Bär");
        assertThat(pair.shortened(9)).isSameAs(pair);
        assertThat(pair.shortened(7).ids()).containsExactly(4, 1, 1, 5, 2, 2, 5);
        assertThat(pair.shortened(6).ids()).containsExactly(4, 1, 5, 2, 2, 5);
        assertThat(pair.shortened(3).ids()).containsExactly(4, 5, 5);
        assertThatThrownBy(() -> pair.shortened(2)).hasMessageContaining("room for 3 special tokens. Received: 2");
    }

    @Test
    void encodesManyTextsInOrder() {
        List<String> texts = IntStream.range(0, 500)
                .mapToObj(i -> "ein ".repeat(i % 7) + "Bär")
                .toList();
        List<int[]> all = words.encodeAll(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(all.get(i)).isEqualTo(words.encode(texts.get(i)));
        }
        assertThat(words.encodeAll(List.of())).isEmpty();
    }

    @Test
    void leavesSpecialTokensOutOfTextOnly() {
        int[] ids = {4, 1, 2, 5};
        assertThat(words.decode(ids)).isEqualTo("[CLS] ein Bär [SEP]");
        assertThat(words.decodeText(ids)).isEqualTo("ein Bär");
        assertThat(words.isSpecial(4)).isTrue();
        assertThat(words.isSpecial(1)).isFalse();
        assertThat(words.isSpecial(-1)).isFalse();
    }

    @Test
    void knowsItsTokens() {
        assertThat(words.size()).isEqualTo(6);
        assertThat(words.id("Bär")).isEqualTo(2);
        assertThat(words.id("[SEP]")).isEqualTo(5);
        assertThat(words.id("x")).isNull();
        assertThat(words.token(3)).isEqualTo("🐻");
        assertThat(words.json()).isEqualTo(WORDS);
        assertThatThrownBy(() -> words.token(6))
                .hasMessage("an id must be one of the 6 of the vocabulary. Received: 6");
        assertThatThrownBy(() -> words.decode(1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesHalfASurrogatePairForAnUnknownCharacter() {
        assertThat(words.encode("ein \ud83d ein 🐻")).containsExactly(1, 0, 1, 3);
        assertThat(words.encode("\udc3b")).containsExactly(0);
        assertThat(words.encode("")).isEmpty();
        assertThat(words.encode("ein\0ein")).containsExactly(0);
    }

    @Test
    void refusesEndlessTexts() {
        assertThatThrownBy(() -> words.encode("a".repeat(Tokenizer.MAX_CHARACTERS + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1000000 characters; encode it in parts. Received: 1000001");
    }

    @Test
    void namesTheFileThatIsDamaged(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), WORDS.replace("\"?\": 0", "\"?\": -1"));
        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageStartingWith(file + " is damaged")
                .hasMessageContaining("the id of '?' from 0 to 2000000. Received: -1");
        Files.write(file, new byte[] {'"', (byte) 0xff, '"'});
        assertThatThrownBy(() -> Tokenizer.load(file)).hasMessageContaining("expected UTF-8");
    }

    @Test
    void servesManyThreads() {
        int[] expected = words.encode("ein Bär");
        List<int[]> results = new ArrayList<>(IntStream.range(0, 2000)
                .parallel()
                .mapToObj(i -> words.encode("ein Bär"))
                .toList());
        assertThat(results).allMatch(ids -> Arrays.equals(ids, expected));
    }

    static void agrees(Tokenizer tokenizer, String file, int number) {
        List<PublishedFiles.Vector> vectors = PublishedFiles.vectors(file);
        assertThat(vectors).hasSize(number);
        for (PublishedFiles.Vector vector : vectors) {
            int[] ids = tokenizer.encodeFully(vector.text()).ids();
            assertThat(ids).as(vector.name()).isEqualTo(vector.ids());
            assertThat(tokenizer.decode(ids)).as(vector.name()).isEqualTo(vector.decoded());
            assertThat(tokenizer.encode(vector.text()))
                    .as(vector.name())
                    .isEqualTo(Arrays.copyOfRange(ids, 1, ids.length - 1));
        }
    }
}
