package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Scope;

final class WordIdsTest {
    private static final WordIds IDS =
            WordIds.of(List.of(List.of("The", "the", "1999", "2024"), List.of("b", "the")), true);

    @Test
    void countsFormsOfWordsAndCharactersAsTheyAre() {
        assertThat(IDS.words().values()).containsExactly("the", "0000", "b");
        assertThat(IDS.once()).isEqualTo(1);
        assertThat(IDS.firstRare()).isEqualTo(4);
        assertThat(IDS.characters().values()).containsExactlyInAnyOrder("h", "e", "t", "9", "2"); // T, b, 1, 0, 4 once
        assertThat(WordIds.of(List.of(List.of("The", "the")), false).words().size())
                .isEqualTo(2);
    }

    @Test
    void numbersSentencesWithEachWordsCharactersOnce() {
        try (Scope scope = Scope.open()) {
            WordIds.Batch batch = IDS.batch(List.of(List.of("the", "cat"), List.of("The", "the", "2000")));
            assertThat(batch.words().shape()).containsExactly(2, 3);
            assertThat(batch.words().toLongs()).containsExactly(2, 1, 0, 2, 2, 3);
            assertThat(batch.lengths().toLongs()).containsExactly(2, 3);
            assertThat(batch.places().toLongs()).containsExactly(1, 2, 0, 3, 1, 4);
            assertThat(batch.letters().shape()).containsExactly(5, 4);
            long[] letters = batch.letters().toLongs();
            assertThat(letters).startsWith(0, 0, 0, 0); // padding
            assertThat(letters[4]).isEqualTo(2 + IDS.characters().indexOf("t"));
            assertThat(letters[7]).isZero(); // behind "the"
            assertThat(letters[12]).isEqualTo(WordIds.UNKNOWN); // T was seen once
        }
    }
}
