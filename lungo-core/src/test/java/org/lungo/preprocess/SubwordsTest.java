package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lungo.data.TextColumn;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import tools.jackson.databind.json.JsonMapper;

class SubwordsTest {
    private static final Tokenizer TOKENIZER = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 60)
            .withLowercase()
            .train(List.of("good lamp & 灯 ".repeat(3)).iterator());

    /** Ids stand from 1 on; tags are gone, entities are what they stand for, and a missing text has no tokens. */
    @Test
    void writesTheTokensOfAModelThatIsThere() {
        Subwords subwords = new Subwords("text", TOKENIZER, TextPreprocessor.Form.NFC, true, 3, 0);
        int[] target = new int[4 * 5];
        subwords.write(
                new TextColumn("text", new String[] {"<b>GOOD</b>&amp;灯", null, "", "good good good good"}),
                target,
                1,
                5);
        int good = id("good") + 1;
        assertThat(target)
                .containsExactly(
                        0, good, id("&") + 1, id("灯") + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, good, good, good, 0);
        assertThat(subwords.size()).isEqualTo(TOKENIZER.size() + 1);
        assertThat(subwords.unknown()).isEqualTo(id("[MASK]") + 1);
    }

    @Test
    void learnsTheLengthUpToWhatTheModelReads() {
        TextColumn column = new TextColumn("text", new String[] {"good", "good lamp", "good lamp good lamp", null});
        TextPreprocessor all = TextPreprocessor.DEFAULTS;
        assertThat(all.fit(column, TOKENIZER, 10).length()).isEqualTo(4);
        assertThat(all.fit(column, TOKENIZER, 3).length()).isEqualTo(3);
        assertThat(all.fit(column, TOKENIZER, 3).shortened()).isEqualTo(0.25);
    }

    @Test
    void isTheSameAfterWritingAndReading() {
        JsonMapper json = new JsonMapper();
        Fitted subwords = new Subwords("text", TOKENIZER, TextPreprocessor.Form.NFC, true, 3, 0.5);
        Fitted read = json.readValue(json.writeValueAsString(subwords), Fitted.class);
        assertThat(read).isInstanceOf(Subwords.class);
        assertThat(((Subwords) read).tokenizer().json()).isEqualTo(TOKENIZER.json());
        assertThat(((Subwords) read).shortened()).isEqualTo(0.5);
    }

    private static int id(String token) {
        return Objects.requireNonNull(TOKENIZER.id(token), token);
    }
}
