package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.lungo.deploy.text.Sampling;
import org.lungo.tensor.Random;

/** Against a reference that follows the definitions token by token, without sorting. */
class TokenDistributionTest {
    private static final BitSet NOTHING = new BitSet();

    @Test
    void agreesWithTheDefinitions() {
        RandomGenerator random = Random.of(4).generator();
        for (int round = 0; round < 2000; round++) {
            float[] logits = new float[1 + random.nextInt(12)];
            BitSet seen = new BitSet();
            for (int i = 0; i < logits.length; i++) {
                logits[i] = random.nextInt(4) == 0 ? 1 : (float) (3 * random.nextGaussian()); // with ties
                seen.set(i, random.nextInt(3) == 0);
            }
            Sampling sampling = new Sampling(
                    0.3 + random.nextDouble(),
                    random.nextInt(4) == 0 ? 0 : random.nextInt(14),
                    random.nextInt(4) == 0 ? 1 : 0.05 + 0.9 * random.nextDouble(),
                    random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.4,
                    random.nextInt(2) == 0 ? 1 : 0.8 + random.nextDouble());
            Map<Integer, Double> expected = reference(logits, seen, sampling);
            Map<Integer, Double> probabilities = shares(TokenDistribution.of(logits, seen, sampling));
            assertThat(probabilities.keySet())
                    .as("%s of %s", sampling, Arrays.toString(logits))
                    .isEqualTo(expected.keySet());
            expected.forEach(
                    (token, share) -> assertThat(probabilities.get(token)).isCloseTo(share, within(1e-12)));
        }
    }

    @Test
    void drawsEachTokenForItsShareOfTheInterval() {
        float[] logits = {(float) Math.log(0.2), (float) Math.log(0.5), (float) Math.log(0.3)};
        TokenDistribution plain = TokenDistribution.of(logits, NOTHING, Sampling.PLAIN);
        assertThat(plain.at(0)).isEqualTo(0);
        assertThat(plain.at(0.19)).isEqualTo(0);
        assertThat(plain.at(0.21)).isEqualTo(1);
        assertThat(plain.at(0.69)).isEqualTo(1);
        assertThat(plain.at(0.71)).isEqualTo(2);
        assertThat(plain.at(Math.nextDown(1.0))).isEqualTo(2);
        TokenDistribution sorted = TokenDistribution.of(logits, NOTHING, Sampling.PLAIN.topK(2));
        assertThat(sorted.tokens()).containsExactly(1, 2);
        assertThat(sorted.at(0.62)).isEqualTo(1);
        assertThat(sorted.at(0.63)).isEqualTo(2);
    }

    @Test
    void takesTheLikeliestWhenGreedyAndTheFirstOfEqualOnes() {
        assertThat(TokenDistribution.of(new float[] {1, 3, 3, -2}, NOTHING, Sampling.GREEDY)
                        .tokens())
                .containsExactly(1);
        BitSet seen = new BitSet();
        seen.set(1);
        assertThat(TokenDistribution.of(new float[] {1, 3, 2.5f}, seen, Sampling.GREEDY.repetitionPenalty(1.5))
                        .tokens())
                .containsExactly(2);
    }

    @Test
    void neverDrawsTheImpossible() {
        float[] logits = {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};
        TokenDistribution distribution = TokenDistribution.of(logits, NOTHING, Sampling.PLAIN);
        for (double share : new double[] {0, 0.5, Math.nextDown(1.0)}) {
            assertThat(distribution.at(share)).isEqualTo(1);
        }
    }

    @Test
    void refusesLogitsThatAreNoNumbers() {
        assertThatThrownBy(() -> TokenDistribution.of(new float[] {0, Float.NaN}, NOTHING, Sampling.PLAIN))
                .hasMessage(
                        "the model must give numbers as logits; its weights may be damaged. Received: NaN for token 1");
    }

    @Test
    void rejectsSettingsOutOfRange() {
        assertThatThrownBy(() -> Sampling.PLAIN.temperature(-1))
                .hasMessage("temperature must be a finite number of at least 0. Received: -1.0");
        assertThatThrownBy(() -> Sampling.PLAIN.topK(-1))
                .hasMessage("topK must be at least 0, which takes all tokens. Received: -1");
        assertThatThrownBy(() -> Sampling.PLAIN.topP(0))
                .hasMessage("topP must be above 0 and at most 1. Received: 0.0");
        assertThatThrownBy(() -> Sampling.PLAIN.minP(1.5))
                .hasMessage("minP must lie between 0.0 and 1.0. Received: 1.5");
        assertThatThrownBy(() -> Sampling.PLAIN.repetitionPenalty(0))
                .hasMessage("repetitionPenalty must be a finite number above 0. Received: 0.0");
    }

    private static Map<Integer, Double> shares(TokenDistribution distribution) {
        double sum = Arrays.stream(distribution.weights()).sum();
        Map<Integer, Double> shares = new TreeMap<>();
        for (int i = 0; i < distribution.tokens().length; i++) {
            shares.put(distribution.tokens()[i], distribution.weights()[i] / sum);
        }
        return shares;
    }

    private static Map<Integer, Double> reference(float[] logits, BitSet seen, Sampling sampling) {
        double[] scores = new double[logits.length];
        for (int i = 0; i < scores.length; i++) {
            double penalty = seen.get(i) ? sampling.repetitionPenalty() : 1;
            // FLOAT32 as logits are, so that ties stay ties.
            scores[i] = (float) (logits[i] > 0 ? logits[i] / penalty : logits[i] * penalty);
        }
        Map<Integer, Double> probabilities = new TreeMap<>();
        for (int i = 0; i < scores.length; i++) {
            probabilities.put(i, Math.exp(scores[i] / sampling.temperature()));
        }
        if (sampling.topK() > 0) {
            probabilities.keySet().removeIf(token -> better(token, scores, scores.length) >= sampling.topK());
        }
        double mass = sum(probabilities);
        Map<Integer, Double> all = new TreeMap<>(probabilities);
        probabilities.keySet().removeIf(token -> {
            double before = 0;
            for (Map.Entry<Integer, Double> other : all.entrySet()) {
                before += isBetter(other.getKey(), token, scores) ? other.getValue() : 0;
            }
            return before / mass >= sampling.topP();
        });
        double largest = probabilities.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
        probabilities.values().removeIf(weight -> weight < sampling.minP() * largest);
        double kept = sum(probabilities);
        probabilities.replaceAll((token, weight) -> weight / kept);
        return probabilities;
    }

    private static int better(int token, double[] scores, int end) {
        int better = 0;
        for (int other = 0; other < end; other++) {
            better += isBetter(other, token, scores) ? 1 : 0;
        }
        return better;
    }

    private static boolean isBetter(int other, int token, double[] scores) {
        return scores[other] > scores[token] || (scores[other] == scores[token] && other < token);
    }

    private static double sum(Map<Integer, Double> probabilities) {
        return probabilities.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
