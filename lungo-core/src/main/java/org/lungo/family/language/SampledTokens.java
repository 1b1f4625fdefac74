package org.lungo.family.language;

import java.util.HashMap;
import java.util.Map;
import org.lungo.deploy.text.Sampling;

/** How often each token was sampled in a text; its prompt does not count. */
final class SampledTokens {
    private final Map<Integer, Integer> counts = new HashMap<>();

    void add(int token) {
        counts.merge(token, 1, Integer::sum);
    }

    /**
     * The logits less the penalties: {@code logit - count * frequency - (count > 0) * presence}, as OpenAI defines them.
     *
     * @param logits [vocabulary]
     * @return [vocabulary], the same array where there is nothing to subtract
     */
    float[] penalised(float[] logits, Sampling sampling) {
        if (sampling.frequencyPenalty() == 0 && sampling.presencePenalty() == 0) {
            return logits;
        }
        float[] scores = logits.clone();
        counts.forEach((token, count) ->
                scores[token] -= (float) (count * sampling.frequencyPenalty() + sampling.presencePenalty()));
        return scores;
    }
}
