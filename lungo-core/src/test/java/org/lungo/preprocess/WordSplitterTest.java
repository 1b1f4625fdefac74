package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.preprocess.TextPreprocessor.Form;

final class WordSplitterTest {
    private static final WordSplitter USUAL = new WordSplitter(true, Form.NFC, true);

    private static List<String> words(WordSplitter splitter, String text) {
        List<String> words = new ArrayList<>();
        splitter.split(text, words::add);
        return words;
    }

    private static List<String> words(String text) {
        return words(USUAL, text);
    }

    @Test
    void splitsPunctuationOff() {
        assertThat(words("It's good, isn't it?"))
                .containsExactly("it", "'", "s", "good", ",", "isn", "'", "t", "it", "?");
        assertThat(words("?!...")).containsExactly("?", "!", ".", ".", ".");
    }

    @Test
    void takesChineseJapaneseAndKoreanSignsOneByOne() {
        assertThat(words("酒店wifi不错，5星！")).containsExactly("酒", "店", "wifi", "不", "错", "，", "5", "星", "！");
        assertThat(words("すごい 좋다")).containsExactly("す", "ご", "い", "좋", "다");
        assertThat(words("か\u3099")).containsExactly("が");
        assertThat(words("\uD840\uDC00字")).containsExactly("\uD840\uDC00", "字");
    }

    @Test
    void normalisesLetters() {
        assertThat(words("CAFE\u0301 Über")).containsExactly("café", "über");
        assertThat(words(new WordSplitter(false, Form.NONE, true), "Cafe\u0301"))
                .containsExactly("Cafe\u0301");
        assertThat(words(new WordSplitter(true, Form.NFKC, true), "ＡＢ１")).containsExactly("ab1");
    }

    @Test
    void leavesOutTagsAndDecodesEntities() {
        assertThat(words("<p>Salt &amp; pepper<br/>&#20320;&#x597D;&lt;3 a<b &unknown; &"))
                .containsExactly("salt", "&", "pepper", "你", "好", "<", "3", "a", "<", "b", "&", "unknown", ";", "&");
        assertThat(words(new WordSplitter(true, Form.NFC, false), "<p>&amp;"))
                .containsExactly("<", "p", ">", "&", "amp", ";");
    }

    @Test
    void leavesOutControlSignsAndWhatCouldNotBeDecoded() {
        assertThat(words("a\u0000b\uFFFDc\u200Bd\te\uD800f")).containsExactly("abcd", "ef");
        assertThat(words("good \uD83D\uDE00\uFE0F\uD83D\uDE00"))
                .containsExactly("good", "\uD83D\uDE00", "\uD83D\uDE00");
        assertThat(words(" \u00A0\u3000\r\n")).isEmpty();
        assertThat(words("")).isEmpty();
    }

    @Test
    void cutsWordsWithoutAnEnd() {
        assertThat(words("x".repeat(1_000_000) + " y")).containsExactly("x".repeat(WordSplitter.LONGEST_WORD), "y");
    }

    /** Ten million characters, of which only ten words are wanted. */
    @Test
    void looksAtNothingThatIsNotWanted() {
        String text = "word ".repeat(2_000_000);
        long start = System.nanoTime();
        for (int time = 0; time < 1000; time++) {
            List<String> words = new ArrayList<>();
            USUAL.split(text, word -> words.add(word) && words.size() < 10);
            assertThat(words).hasSize(10);
        }
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(5); // as long as reading it all twenty times
    }
}
