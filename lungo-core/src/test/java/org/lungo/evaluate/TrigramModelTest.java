package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Random;

class TrigramModelTest {
    @Test
    void probabilitiesOfAllTokensAddUpTo1() {
        RandomGenerator generator = Random.of(1).stream("tokens").generator();
        int[] tokens = generator.ints(300, 0, 6).toArray();
        TrigramModel model = TrigramModel.of(tokens, 7); // token 6 never occurs
        for (int before = 0; before < 7; before++) {
            for (int last = 0; last < 7; last++) {
                double sum = 0;
                for (int token = 0; token < 7; token++) {
                    double probability = model.probability(before, last, token);
                    assertThat(probability).isPositive();
                    sum += probability;
                }
                assertThat(sum).isCloseTo(1, within(1e-12));
            }
        }
    }

    /**
     * By hand, for a b a b a a (a = 0, b = 1). Trigrams: aba 2, bab 1, baa 1: discount 2 / (2 + 2 * 1) = 0.5. Pairs by how
     * many tokens stand before them: ba 1, ab 1, aa 1: discount 1. Tokens by how many stand before: a 2, b 1: discount
     * 1 / (1 + 2) = 1/3.
     */
    @Test
    void agreesWithACountByHand() {
        TrigramModel model = TrigramModel.of(new int[] {0, 1, 0, 1, 0, 0}, 2);
        double third = 1.0 / 3;
        double a = (2 - third + third * 2 / 2) / 3; // two kinds of tokens, three of pairs
        double afterB = (1 - 1 + 1 * 1 * a) / 1; // of pairs that begin with b only ba, once
        assertThat(model.probability(0, 1, 0)).isCloseTo((2 - 0.5 + 0.5 * 1 * afterB) / 2, within(1e-12));
        assertThat(model.probability(1, 1, 0)).isCloseTo(afterB, within(1e-12)); // bb never occurs
    }

    @Test
    void tellsARegularTextFromItsBeginning() {
        int[] tokens = new int[999];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = i % 3;
        }
        assertThat(TrigramModel.of(tokens, 3).loss(0, 1, 2, 0, 1, 2)).isLessThan(0.01);
        assertThat(TrigramModel.of(tokens, 3).loss(0, 1)).isNaN();
    }

    @Test
    void refusesTooShortATextAndTooLargeAVocabulary() {
        assertThatThrownBy(() -> TrigramModel.of(new int[2], 2)).hasMessageContaining("three tokens or more");
        assertThatThrownBy(() -> TrigramModel.of(new int[3], 1 << 20)).hasMessageContaining("vocabulary");
    }
}
