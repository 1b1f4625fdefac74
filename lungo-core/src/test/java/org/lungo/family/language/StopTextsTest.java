package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTextsTest {
    private final List<String> passed = new ArrayList<>();

    @Test
    void withoutStopsEverythingIsPassedOnAtOnce() {
        StopTexts texts = new StopTexts(List.of(), passed::add);
        assertThat(texts.add("one ")).isTrue();
        assertThat(texts.add("two")).isTrue();
        texts.end("!");
        assertThat(passed).containsExactly("one ", "two", "!");
        assertThat(texts.written()).isEqualTo("one two!");
    }

    @Test
    void endsBeforeAStopTextAlsoWhenItComesInPieces() {
        StopTexts texts = new StopTexts(List.of("</s>", "\n\n"), passed::add);
        assertThat(texts.add("one<")).isTrue();
        assertThat(passed).containsExactly("one");
        assertThat(texts.add("/")).isTrue();
        assertThat(texts.add("s>two")).isFalse();
        assertThat(texts.add("three")).isFalse();
        texts.end("four");
        assertThat(texts.written()).isEqualTo("one");
    }

    @Test
    void whatOnlyBeganLikeAStopTextIsPassedOn() {
        StopTexts texts = new StopTexts(List.of("END"), passed::add);
        texts.add("EE");
        texts.add("NE");
        texts.end("N");
        assertThat(texts.written()).isEqualTo("EENEN");
    }

    @Test
    void theFirstOfSeveralStopTextsCounts() {
        StopTexts texts = new StopTexts(List.of("cd", "bc"), passed::add);
        assertThat(texts.add("abcd")).isFalse();
        assertThat(texts.written()).isEqualTo("a");
    }
}
