package org.lungo.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenScoreTest {
    private static final float[] LOGITS = {
        (float) Math.log(0.1), (float) Math.log(0.4), (float) Math.log(0.4), (float) Math.log(0.1)
    };

    @Test
    void isTheLogarithmOfTheShareWithTheLikeliestInOrder() {
        float[] shifted = LOGITS.clone();
        for (int i = 0; i < 4; i++) {
            shifted[i] += 1000; // the softmax does not change
        }
        TokenScore score = TokenScore.of(shifted, 3, 3);
        assertThat(score.logProbability()).isCloseTo(Math.log(0.1), within(1e-3)); // FLOAT32 near 1000
        assertThat(score.likeliest()).extracting(TokenScore::token).isEqualTo(List.of(1L, 2L, 0L));
        TokenScore exact = TokenScore.of(LOGITS, 0, 9);
        assertThat(exact.logProbability()).isCloseTo(Math.log(0.1), within(1e-6));
        assertThat(exact.likeliest()).extracting(TokenScore::token).isEqualTo(List.of(1L, 2L, 0L, 3L));
        assertThat(TokenScore.of(LOGITS, 0, 0).likeliest()).isEmpty();
    }
}
