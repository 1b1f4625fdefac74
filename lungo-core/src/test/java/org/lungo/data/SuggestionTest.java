package org.lungo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    @Test
    void findsWhatWasProbablyMeant() {
        assertThat(Suggestion.of("trian", List.of("check", "train"))).isEqualTo("; did you mean 'train'?");
        assertThat(Suggestion.of("AGE", List.of("age"))).isEqualTo("; did you mean 'age'?");
        assertThat(Suggestion.sentence("colour", List.of("age"))).isEqualTo(".");
    }

    @Test
    void takesNoLetterForAnother() {
        assertThat(Suggestion.of("y", List.of("x", "z"))).isEmpty();
        assertThat(Suggestion.of("Y", List.of("x", "y"))).isEqualTo("; did you mean 'y'?");
    }
}
