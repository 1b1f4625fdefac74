package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SplittingTest {
    @Test
    void cutsWordsAndSignsAsCorporaHaveThem() {
        assertThat(words("Mr. Smith's co-op (in the U.S.) paid $3.50, didn't it?"))
                .containsExactly(
                        "Mr.", "Smith", "'s", "co-op", "(", "in", "the", "U.S.", ")", "paid", "$", "3.50", ",",
                        "didn't", "it", "?");
        assertThat(words("王小明住在Beijing的。J. Bond came."))
                .containsExactly("王", "小", "明", "住", "在", "Beijing", "的", "。", "J.", "Bond", "came", ".");
        assertThat(words(" \u3000 ...\n")).containsExactly(".", ".", ".");
        assertThat(words("😀x")).containsExactly("😀", "x");
    }

    @Test
    void tokensAreWhatStandsAtTheirPlaces() {
        String text = "“Ada’s” 王\u3000小😀明, U.S.\tx";
        for (Splitting splitting : Splitting.values()) {
            List<Splitting.Token> tokens = splitting.split(text);
            int end = 0;
            StringBuilder joined = new StringBuilder();
            for (Splitting.Token token : tokens) {
                assertThat(text.substring(token.start(), token.end())).isEqualTo(token.text());
                assertThat(token.start()).isGreaterThanOrEqualTo(end);
                end = token.end();
                joined.append(token.text());
            }
            assertThat(joined.toString()).isEqualTo(text.replaceAll("[\\s\u3000]", "")); // nothing is lost
        }
    }

    @Test
    void findsTheSplittingOfACorpus() {
        assertThat(Splitting.of(List.of(List.of("北", "京", "a", "1")))).isEqualTo(Splitting.CHARACTERS);
        assertThat(Splitting.of(List.of(List.of("北", "京", "New", "York")))).isEqualTo(Splitting.WORDS);
        assertThat(Splitting.of(List.of(List.of("北京", "很", "大")))).isEqualTo(Splitting.SPACES);
        assertThat(Splitting.CHARACTERS.split("a1 北").stream().map(Splitting.Token::text))
                .containsExactly("a", "1", "北");
        assertThat(Splitting.SPACES.split("北京 很大。").stream().map(Splitting.Token::text))
                .containsExactly("北京", "很大。");
    }

    private static List<String> words(String text) {
        return Splitting.WORDS.split(text).stream().map(Splitting.Token::text).toList();
    }
}
