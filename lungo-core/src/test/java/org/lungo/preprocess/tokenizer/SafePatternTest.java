package org.lungo.preprocess.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.tensor.CorruptFileException;

class SafePatternTest {
    /** GPT-2, GPT-4, GPT-4o, Llama 3, Qwen 2, DeepSeek 3, BLOOM, Command R and CLIP, as published with the models. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[一-龥぀-ゟ゠-ヿ]+",
                " ?[^(\\s|[.,!?…。，、।۔،])]+",
                "\\d{1,3}(?=(?:\\d{3})*\\b)",
                "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
                " {2,}",
                "\\s+",
                "\\x{2581}|\\u00e9"
            })
    void takesPublishedPatterns(String pattern) {
        Tokenizer tokenizer = Tokenizer.parse(splitting(pattern));
        assertThat(tokenizer.encode("ab 12  \n x")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|aa)*b",
                "(a?){30}b",
                "\\s*\\s*x",
                "\\s*a?\\s*a?x",
                "a*a*a*$",
                "(?:a*b)*c",
                "(a)\\1",
                "(?<x>a)\\k<x>",
                "\\g<0>",
                "(?(1)a)",
                "(?~ab)",
                "(a{999}){999}",
                "a{1000}",
                "a**",
                "a{2}{3}",
                "[]",
                "[]a]",
                "[a",
                "(",
                ")",
                "a)b",
                "\\",
                "\\p{",
                "\\pL",
                "\\xg1",
                "*a",
                "a|*",
                "(?i)a",
                "(?#x)a",
                "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?x",
                "(a*)*",
                "(^)*",
                "\\Ka",
                "(?<=a*)b*c*d",
                "((((((((((((((((((((((a))))))))))))))))))))))"
            })
    void refusesWhatTheMatcherMayNotFinish(String pattern) {
        assertThatThrownBy(() -> Tokenizer.parse(splitting(pattern)))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("tokenizer.pre_tokenizer.pattern with a safe pattern: ");
    }

    /** Near the limit that is claimed: a million spaces, each of which the pattern goes back over. */
    @Test
    void finishesOnTheLongestText() {
        Tokenizer tokenizer =
                Tokenizer.parse(splitting("\\s*[\\r\\n]+|\\s*a|\\s*b|\\s*c|\\s*d|\\s*e|\\s*f|\\s+(?!\\S)|\\s"));
        String text = " ".repeat(Tokenizer.MAX_CHARACTERS - 1) + "x";
        assertThat(tokenizer.encode(text)).isNotEmpty();
    }

    private static String splitting(String pattern) {
        String step = TokenizerFile.JSON.writeValueAsString(
                Map.of("type", "Split", "pattern", Map.of("Regex", pattern), "behavior", "Isolated", "invert", false));
        return TokenizerTest.WORDS.replace("{\"type\": \"BertPreTokenizer\"}", step);
    }
}
