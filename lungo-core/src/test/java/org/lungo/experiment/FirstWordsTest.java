package org.lungo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstWordsTest {
    @Test
    void takesAFewWordsOnOneLine() {
        assertThat(FirstWords.of("  The evening\tin Rome\nwas mild and dry.")).isEqualTo("The evening in Rome was");
        assertThat(FirstWords.of("Donaudampfschifffahrtsgesellschaft and Rindfleisch more"))
                .isEqualTo("Donaudampfschifffahrtsgesellschaft and");
        assertThat(FirstWords.of("今天".repeat(40))).isEqualTo("今天".repeat(6));
        assertThat(FirstWords.of(" \n")).isEmpty();
    }

    @Test
    void leavesOutWhatMayBeCut() {
        assertThat(FirstWords.within("ing it rained.\nIn the morning Paris had sun and wind"))
                .isEqualTo("In the morning Paris had");
        assertThat(FirstWords.within("ther was mild and")).isEqualTo("was mild and");
        assertThat(FirstWords.within("天气很好")).isEqualTo("天气很好");
    }
}
