package org.lungo.family.language.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Random;

class MaskingTest {
    /** Cut into {@code un ##believ ##able} and the like: its pieces come from shorter words. */
    private static final Tokenizer TOKENIZER = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 60)
            .withMinFrequency(1)
            .train(Collections.nCopies(3, "abab cdcd abcd ef 月 光 abab cd").iterator());

    private static final int MASK = id("[MASK]");

    @Test
    void drawsWholeWords() {
        Masking masking = Masking.of(TOKENIZER);
        long[] text = text("abcdab ef 月光 cdabab abefef ef cdcd ".repeat(6));
        List<String> tokens =
                Arrays.stream(text).mapToObj(id -> TOKENIZER.token((int) id)).toList();
        assertThat(tokens).anyMatch(token -> token.startsWith("##")).contains("月", "光");
        int taken = 0;
        for (int seed = 0; seed < 200; seed++) {
            Masking.Masked masked = masking.draw(text, Random.of(seed));
            boolean[] places = new boolean[text.length + 1];
            for (int i = 0; i < masked.places().length; i++) {
                places[masked.places()[i] - 1] = true;
                assertThat(masked.targets()[i]).isEqualTo(text[masked.places()[i] - 1]);
            }
            for (int i = 1; i < text.length; i++) {
                if (tokens.get(i).startsWith("##")) {
                    assertThat(places[i]).as("%s of %s", i, tokens).isEqualTo(places[i - 1]);
                }
            }
            assertThat(masked.places()).isSorted();
            assertThat(masked.places().length).isBetween(1, (int) Math.round(0.15 * text.length));
            taken += masked.places().length;
        }
        assertThat(taken / 200.0).isCloseTo(Math.round(0.15 * text.length), within(0.5)); // words may not fit the rest
    }

    /** Of 40,000 drawn tokens, 80 % are hidden, 10 % replaced, 10 % kept: within four standard deviations. */
    @Test
    void hidesReplacesAndKeepsInThePapersShares() {
        Masking masking = Masking.of(TOKENIZER);
        long[] text = text("ef ".repeat(200));
        Map<String, Integer> counts = new HashMap<>();
        int drawn = 0;
        for (int seed = 0; drawn < 40_000; seed++) {
            Masking.Masked masked = masking.draw(text, Random.of(seed));
            drawn += masked.places().length;
            long[] shown = masked.shown();
            assertThat(shown).hasSize(text.length + 2);
            assertThat(shown[0]).isEqualTo(id("[CLS]"));
            assertThat(shown[shown.length - 1]).isEqualTo(id("[SEP]"));
            for (int place : masked.places()) {
                long token = shown[place];
                assertThat(token == MASK || !TOKENIZER.isSpecial((int) token)).isTrue();
                counts.merge(
                        token == MASK ? "hidden" : token == text[place - 1] ? "kept" : "replaced", 1, Integer::sum);
            }
            for (int i = 0; i < text.length; i++) {
                if (Arrays.binarySearch(masked.places(), i + 1) < 0) {
                    assertThat(shown[i + 1]).isEqualTo(text[i]);
                }
            }
        }
        double itself = 0.1 / (TOKENIZER.size() - 5); // any token may be the same one
        assertThat(counts.get("hidden") / (double) drawn).isCloseTo(0.8, within(0.008));
        assertThat(counts.get("replaced") / (double) drawn).isCloseTo(0.1 - itself, within(0.006));
        assertThat(counts.get("kept") / (double) drawn).isCloseTo(0.1 + itself, within(0.006));
    }

    @Test
    void drawsTheSameForEqualSeedsAndNeverSpecialTokens() {
        Masking masking = Masking.of(TOKENIZER);
        long[] text = text("ef cd ".repeat(20));
        text[5] = id("[SEP]");
        Masking.Masked first = masking.draw(text, Random.of(1));
        Masking.Masked again = masking.draw(text, Random.of(1));
        assertThat(again.shown()).isEqualTo(first.shown());
        assertThat(again.places()).isEqualTo(first.places());
        assertThat(masking.draw(text, Random.of(2)).places()).isNotEqualTo(first.places());
        for (int seed = 0; seed < 100; seed++) {
            assertThat(masking.draw(text, Random.of(seed)).places()).doesNotContain(6);
        }
    }

    @Test
    void asksForATokenOfEveryText() {
        Masking masking = Masking.of(TOKENIZER);
        long[] one = text("abcdababab");
        assertThat(one.length).isGreaterThan(1);
        assertThat(masking.draw(one, Random.of(1)).places()).hasSize(1);
        assertThatThrownBy(() -> masking.draw(new long[0], Random.of(1)))
                .hasMessage("a text to mask must have a token. Received: none");
    }

    @Test
    void needsATokenizerForIt() {
        Tokenizer bytes = TokenizerTraining.of(TokenizerTraining.Type.BPE, 300)
                .train(List.of("a b").iterator());
        assertThatThrownBy(() -> Masking.of(bytes))
                .hasMessage("a tokenizer must have [CLS], [SEP] and [MASK] for masked-language training; train one with"
                        + " --type wordpiece. Received: none called [CLS]");
    }

    private static long[] text(String text) {
        return Arrays.stream(TOKENIZER.encode(text)).asLongStream().toArray();
    }

    private static int id(String token) {
        return Objects.requireNonNull(TOKENIZER.id(token));
    }
}
