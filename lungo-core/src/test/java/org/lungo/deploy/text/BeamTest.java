package org.lungo.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.tensor.Random;

class BeamTest {
    private static final int VOCABULARY = 4;
    private static final int END = 3;
    private static final int LIMIT = 5;

    /** Logits that depend on all tokens before: of 4 tokens, texts of at most 5, all 364 are looked at one by one. */
    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 0.6, 1, 2})
    void findsTheBestOfAllTextsWhenItIsWideEnough(double exponent) {
        LengthPenalty penalty = LengthPenalty.power(exponent);
        for (int seed = 0; seed < 20; seed++) {
            List<Hypothesis> all = new ArrayList<>();
            enumerate(seed, Hypothesis.begun(0), all);
            Hypothesis best = all.stream()
                    .max(Comparator.comparingDouble(text -> text.score(penalty)))
                    .orElseThrow();
            Hypothesis found =
                    search(seed, 400, penalty, null, BeamRules.Ending.CANONICAL).get(0);
            assertThat(found.tokens()).isEqualTo(best.tokens());
            assertThat(found.logProbability()).isCloseTo(best.logProbability(), within(1e-9));
            Hypothesis stopped = all.stream()
                    .filter(Hypothesis::isStopped)
                    .max(Comparator.comparingDouble(text -> text.score(penalty)))
                    .orElseThrow();
            assertThat(search(seed, 400, penalty, null, BeamRules.Ending.EARLY)
                            .get(0)
                            .tokens())
                    .isEqualTo(stopped.tokens());
        }
    }

    private static List<Hypothesis> search(
            int seed,
            int width,
            LengthPenalty penalty,
            @Nullable Predicate<Hypothesis> complete,
            BeamRules.Ending ending) {
        Beam beam = new Beam(new BeamRules(width, penalty, Set.of(END), Set.of(), complete, ending), 0, LIMIT);
        while (!beam.isDone()) {
            float[] rows = new float[beam.running().size() * VOCABULARY];
            for (int row = 0; row < beam.running().size(); row++) {
                System.arraycopy(logits(seed, beam.running().get(row)), 0, rows, row * VOCABULARY, VOCABULARY);
            }
            beam.advanceByLogits(rows, 0, VOCABULARY);
        }
        return beam.found();
    }

    private static void enumerate(int seed, Hypothesis text, List<Hypothesis> all) {
        if (text.length() == LIMIT) {
            all.add(text);
            return;
        }
        float[] logits = logits(seed, text);
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        for (int token = 0; token < VOCABULARY; token++) {
            double total = text.logProbability() + Math.log(Math.exp(logits[token]) / sum);
            if (token == END) {
                all.add(text.with(token, total, Hypothesis.Stop.TOKEN));
            } else {
                enumerate(seed, text.with(token, total, Hypothesis.Stop.NONE), all);
            }
        }
    }

    private static float[] logits(int seed, Hypothesis text) {
        RandomGenerator random =
                Random.of(seed).stream("text", Arrays.hashCode(text.tokens())).generator();
        float[] logits = new float[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            logits[i] = (float) (2 * random.nextGaussian());
        }
        return logits;
    }

    @Test
    void endsWhereATextIsComplete() {
        List<Hypothesis> found =
                search(1, 3, LengthPenalty.power(1), text -> text.token() == 1, BeamRules.Ending.CANONICAL);
        assertThat(found).hasSize(3).anyMatch(text -> text.stop() == Hypothesis.Stop.COMPLETE);
        for (Hypothesis text : found) {
            boolean complete = text.token() == 1;
            assertThat(text.stop() == Hypothesis.Stop.COMPLETE).isEqualTo(complete);
            assertThat(text.score(LengthPenalty.power(1)))
                    .isEqualTo(text.logProbability() / (text.length() + (complete ? 1 : 0)));
        }
    }

    /** The likeliest beginning, 3, leads nowhere: greedy misses the best text, two hypotheses find it. */
    @Test
    void takesBackAChoiceThatLeadsNowhere() {
        Hypothesis greedy = searchOfTwoTokens(1);
        assertThat(greedy.tokens()).containsExactly(3, 3);
        assertThat(greedy.isStopped()).isFalse();
        Hypothesis best = searchOfTwoTokens(2);
        assertThat(best.tokens()).containsExactly(4, 2);
        assertThat(best.written()).containsExactly(4);
        assertThat(best.isStopped()).isTrue();
    }

    private static Hypothesis searchOfTwoTokens(int width) {
        Beam beam = new Beam(
                new BeamRules(width, LengthPenalty.wu(0), Set.of(2), Set.of(0, 1), null, BeamRules.Ending.EARLY), 1, 2);
        beam.advance(logs(0, 0, 0.02, 0.5, 0.4, 0.08), 0, 6);
        float[] rows = new float[beam.running().size() * 6];
        for (int row = 0; row < beam.running().size(); row++) {
            float[] next = beam.running().get(row).token() == 3
                    ? logs(0, 0, 0.1, 0.4, 0.3, 0.2)
                    : logs(0, 0, 0.9, 0.04, 0.03, 0.03);
            System.arraycopy(next, 0, rows, row * 6, 6);
        }
        beam.advance(rows, 0, 6);
        assertThat(beam.isDone()).isTrue();
        return beam.found().get(0);
    }

    private static float[] logs(double... probabilities) {
        float[] logs = new float[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            logs[i] = (float) Math.log(probabilities[i]);
        }
        return logs;
    }

    /** Of two that go on, token 1 is an end before the second but not among the two likeliest. */
    @Test
    void endsCountByTheRuleOfEnding() {
        float[] scores = logs(0.3, 0.2, 0.4, 0.1);
        assertThat(ended(BeamRules.Ending.CANONICAL, 9, scores)).containsExactly(2, 1);
        assertThat(ended(BeamRules.Ending.EARLY, 9, scores)).containsExactly(2);
    }

    @Test
    void whatTheLimitCutsOffCountsByTheRuleOfEnding() {
        float[] scores = logs(0.5, 0.05, 0.4, 0.05);
        assertThat(ended(BeamRules.Ending.CANONICAL, 1, scores)).containsExactly(0, 2);
        assertThat(ended(BeamRules.Ending.EARLY, 1, scores)).containsExactly(2);
        float[] endless = logs(0.6, 0, 0, 0.4);
        assertThat(ended(BeamRules.Ending.CANONICAL, 1, endless)).containsExactly(0, 3);
        assertThat(ended(BeamRules.Ending.EARLY, 1, endless)).containsExactly(0, 3);
    }

    /** The last tokens of what two hypotheses find in a step, where tokens 1 and 2 are ends. */
    private static List<Integer> ended(BeamRules.Ending ending, int limit, float[] scores) {
        BeamRules rules = new BeamRules(2, LengthPenalty.power(0), Set.of(1, 2), Set.of(), null, ending);
        Beam beam = new Beam(rules, 0, limit);
        beam.advance(scores, 0, scores.length);
        return beam.found().stream().map(Hypothesis::token).toList();
    }

    /** Equation 14 by hand: ((5 + 7) / (5 + 1))^0.5 is the root of 2. */
    @Test
    void comparesTextsOfDifferentLengths() {
        Hypothesis text = Hypothesis.begun(1).with(3, -1, Hypothesis.Stop.NONE);
        for (int i = 0; i < 6; i++) {
            text = text.with(4, text.logProbability() - 0.5, Hypothesis.Stop.NONE);
        }
        assertThat(text.tokens()).containsExactly(3, 4, 4, 4, 4, 4, 4);
        assertThat(text.score(LengthPenalty.wu(0.5))).isCloseTo(-4 / Math.sqrt(2), within(1e-12));
        assertThat(text.score(LengthPenalty.wu(0))).isEqualTo(-4);
        assertThat(text.score(LengthPenalty.power(2))).isCloseTo(-4 / 49.0, within(1e-12));
    }

    @Test
    void saysWhatIsWrong() {
        LengthPenalty none = LengthPenalty.power(0);
        BeamRules rules = new BeamRules(2, none, Set.of(), Set.of(), null, BeamRules.Ending.EARLY);
        assertThatThrownBy(() -> new BeamRules(0, none, Set.of(), Set.of(), null, BeamRules.Ending.EARLY))
                .hasMessage("beams must be at least 1. Received: 0");
        assertThatThrownBy(() -> LengthPenalty.power(Double.NaN))
                .hasMessage("length_penalty must be a number. Received: NaN");
        assertThatThrownBy(() -> LengthPenalty.wu(Double.POSITIVE_INFINITY))
                .hasMessage("length_penalty must be a number. Received: Infinity");
        assertThatThrownBy(() -> new Beam(rules, 0, 0)).hasMessage("max_tokens must be at least 1. Received: 0");
        assertThatThrownBy(() -> new Beam(rules, 0, 3).advance(new float[3], 1, 3))
                .hasMessage("scores must have a row of 3 for each of 1 hypotheses. Received: 2");
        assertThatThrownBy(() -> new Beam(rules, 0, 3).advanceByLogits(new float[] {1, Float.NaN}, 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a model's scores of the next token must be numbers; its weights are damaged, or its training"
                                + " diverged. Received: NaN");
    }
}
