package org.lungo.preprocess.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamDecoderTest {
    @Test
    void givesOutWholeCharactersOnly() throws IOException {
        Tokenizer gpt2 = VocabularyFiles.gpt2(
                PublishedFiles.path("tokenizer_gpt2/encoder.json"), PublishedFiles.path("tokenizer_gpt2/vocab.bpe"));
        String text = "生活的真谛是 🤗👩‍👩‍👧 naïve €₹ \uFFFD\uFFFD end\uFFFD";
        StreamDecoder stream = gpt2.stream();
        List<String> pieces = new ArrayList<>();
        for (int id : gpt2.encode(text)) {
            pieces.add(stream.add(id));
        }
        pieces.add(stream.finish());
        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces.get(1)).isEmpty(); // the first byte of 活
        assertThat(pieces.get(3)).isEqualTo("活");
        assertThat(stream.finish()).isEmpty();
    }

    @Test
    void showsBrokenBytesInTheEnd() throws IOException {
        Tokenizer gpt2 = VocabularyFiles.gpt2(
                PublishedFiles.path("tokenizer_gpt2/encoder.json"), PublishedFiles.path("tokenizer_gpt2/vocab.bpe"));
        int half = gpt2.encode("活")[0];
        StreamDecoder stream = gpt2.stream();
        assertThat(stream.add(half)).isEmpty();
        assertThat(stream.add(gpt2.encode("a")[0])).isEqualTo("\uFFFDa");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            text.append(stream.add(half));
        }
        assertThat(text.append(stream.finish()).toString()).isEqualTo("\uFFFD".repeat(50));
    }

    @Test
    void keepsTheSpacesBetweenWordsAndLeavesSpecialTokensOut() {
        StreamDecoder stream = Tokenizer.parse(TokenizerTest.WORDS).stream();
        assertThat(stream.add(4)).isEmpty();
        assertThat(stream.add(1)).isEqualTo("ein");
        assertThat(stream.add(5)).isEmpty();
        assertThat(stream.add(2)).isEqualTo(" Bär");
        assertThat(stream.add(3)).isEqualTo(" 🐻");
        assertThatThrownBy(() -> stream.add(6)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Llama's way: three tokens are the bytes of one character, and show nothing until the last. */
    @Test
    void waitsForBytesThatFallBack() {
        Tokenizer tokenizer = Tokenizer.parse("""
                {"decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]},
                 "model": {"type": "BPE", "byte_fallback": true, "merges": [],
                           "vocab": {"a": 0, "<0xE4>": 1, "<0xB8>": 2, "<0xAD>": 3}}}
                """);
        assertThat(tokenizer.encode("a中a")).containsExactly(0, 1, 2, 3, 0);
        StreamDecoder stream = tokenizer.stream();
        assertThat(stream.add(0)).isEqualTo("a");
        assertThat(stream.add(1)).isEmpty();
        assertThat(stream.add(2)).isEmpty();
        assertThat(stream.add(3)).isEqualTo("中");
        assertThat(stream.add(1)).isEmpty();
        assertThat(stream.add(2)).isEmpty();
        assertThat(stream.add(3)).isEqualTo("中");
    }
}
