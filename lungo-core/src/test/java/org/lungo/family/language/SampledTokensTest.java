package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lungo.deploy.text.Sampling;

class SampledTokensTest {
    /** OpenAI's definition: logit - count * frequency - (count > 0) * presence. */
    @Test
    void subtractsByCountAndOnce() {
        SampledTokens sampled = new SampledTokens();
        sampled.add(1);
        sampled.add(2);
        sampled.add(2);
        float[] logits = {4, 3, 2, 1};
        assertThat(sampled.penalised(logits, Sampling.PLAIN.sampledPenalties(0.5, 0.25)))
                .containsExactly(4, 2.25f, 0.75f, 1);
        assertThat(sampled.penalised(logits, Sampling.PLAIN.sampledPenalties(-1, 0)))
                .containsExactly(4, 4, 4, 1);
        assertThat(sampled.penalised(logits, Sampling.PLAIN)).isSameAs(logits).containsExactly(4, 3, 2, 1);
    }

    @Test
    void penaltiesAreNumbersAndStayWithOtherSettings() {
        assertThatThrownBy(() -> Sampling.PLAIN.sampledPenalties(Double.NaN, 0))
                .hasMessageContaining("frequencyPenalty must be a finite number");
        assertThatThrownBy(() -> Sampling.PLAIN.sampledPenalties(0, Double.POSITIVE_INFINITY))
                .hasMessageContaining("presencePenalty must be a finite number");
        Sampling all = Sampling.PLAIN
                .sampledPenalties(1, 2)
                .temperature(0.5)
                .topK(3)
                .topP(0.9)
                .minP(0.1)
                .repetitionPenalty(1.1);
        assertThat(all).isEqualTo(new Sampling(0.5, 3, 0.9, 0.1, 1.1, 1, 2));
    }
}
