package org.lungo.family.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.model.Transformer;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class BeamSearchTest {
    private static final int PADDING = 0;
    private static final int START = 1;
    private static final int END = 2;
    private static final int VOCABULARY = 6;
    private static final int CONTEXT = 5;

    /** Every text of at most five tokens is tried, each read from its start without a cache. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsTheBestOfAllTextsWhenItIsWideEnough(long seed) {
        try (Scope scope = Scope.inference()) {
            Transformer model = model(seed, CONTEXT);
            int[] source = {3, 5, 4, END};
            for (double alpha : new double[] {0, 0.6, 2}) {
                Exhaustive all = new Exhaustive(model, source, alpha);
                all.extend(new ArrayList<>(), 0);
                Beam found = new BeamSearch(model, rules(500, alpha))
                        .of(List.of(source))
                        .get(0);
                assertThat(list(found.best())).isEqualTo(all.best);
                assertThat(found.best().score(alpha)).isCloseTo(all.score, within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void alwaysTakesTheLikeliestTokenWhenItIsOneWide(long seed) {
        try (Scope scope = Scope.inference()) {
            Transformer model = model(seed, 30);
            int[] source = {5, 3, END};
            List<Integer> written = new ArrayList<>();
            while (written.size() < 30 && (written.isEmpty() || written.get(written.size() - 1) != END)) {
                double[] odds = odds(model, source, written);
                written.add(IntStream.range(END, VOCABULARY)
                        .boxed()
                        .max((a, b) -> Double.compare(odds[a], odds[b]))
                        .orElseThrow());
            }
            Beam found =
                    new BeamSearch(model, rules(1, 0.6)).of(List.of(source)).get(0);
            assertThat(list(found.best())).isEqualTo(written);
            assertThat(found.hasEnded()).isEqualTo(written.get(written.size() - 1) == END);
        }
    }

    @Test
    void findsTogetherWhatItFindsAlone() {
        try (Scope scope = Scope.inference()) {
            Transformer model = model(7, 12);
            List<int[]> sources = List.of(
                    new int[] {3, END}, new int[] {4, 5, 3, 3, 5, END}, new int[] {5, END}, new int[] {3, 4, 4, END});
            BeamSearch search = new BeamSearch(model, rules(3, 0.6));
            List<Beam> together = search.of(sources);
            for (int i = 0; i < sources.size(); i++) {
                Beam alone = search.of(List.of(sources.get(i))).get(0);
                assertThat(list(together.get(i).best())).isEqualTo(list(alone.best()));
                assertThat(together.get(i).best().logProbability())
                        .isCloseTo(alone.best().logProbability(), within(1e-4));
            }
        }
    }

    /** Equation 14 by hand: ((5 + 7) / (5 + 1))^0.5 is the root of 2. */
    @Test
    void comparesTextsOfDifferentLengthsAsWu() {
        Hypothesis text = Hypothesis.begun(START).with(3, -1);
        for (int i = 0; i < 6; i++) {
            text = text.with(4, text.logProbability() - 0.5);
        }
        assertThat(text.tokens()).containsExactly(3, 4, 4, 4, 4, 4, 4);
        assertThat(text.score(0.5)).isCloseTo(-4 / Math.sqrt(2), within(1e-12));
        assertThat(text.score(0)).isEqualTo(-4);
    }

    /** The likeliest beginning, 3, leads nowhere: greedy misses the best text, two hypotheses find it. */
    @Test
    void takesBackAChoiceThatLeadsNowhere() {
        assertThat(list(search(1))).containsExactly(3, 3);
        assertThat(list(search(2))).containsExactly(4, END);
    }

    private static Hypothesis search(int width) {
        Beam beam = new Beam(rules(width, 0), 2);
        float[] first = logs(0, 0, 0.02, 0.5, 0.4, 0.08);
        beam.advance(first, 0, VOCABULARY);
        float[] rows = new float[beam.running().size() * VOCABULARY];
        for (int row = 0; row < beam.running().size(); row++) {
            float[] odds = beam.running().get(row).token() == 3
                    ? logs(0, 0, 0.1, 0.4, 0.3, 0.2)
                    : logs(0, 0, 0.9, 0.04, 0.03, 0.03);
            System.arraycopy(odds, 0, rows, row * VOCABULARY, VOCABULARY);
        }
        beam.advance(rows, 0, VOCABULARY);
        assertThat(beam.isDone()).isTrue();
        return beam.best();
    }

    private static float[] logs(double... odds) {
        float[] logs = new float[odds.length];
        for (int i = 0; i < odds.length; i++) {
            logs[i] = (float) Math.log(odds[i]);
        }
        return logs;
    }

    private static Transformer model(long seed, int context) {
        Transformer.Details details = new Transformer.Details(0, true, Transformer.Tied.NONE);
        return new Transformer.Config(VOCABULARY, context, new Transformer.Depth(1, 2), 2, 8, 16, details)
                .build(Random.of(seed));
    }

    private static Beam.Rules rules(int width, double alpha) {
        return new Beam.Rules(width, alpha, START, END, PADDING);
    }

    private static List<Integer> list(Hypothesis text) {
        return IntStream.of(text.tokens()).boxed().toList();
    }

    /** Log probabilities of the token behind {@code written}, computed from the start. */
    private static double[] odds(Transformer model, int[] source, List<Integer> written) {
        try (Scope scope = Scope.inference()) {
            long[] read = IntStream.of(source).asLongStream().toArray();
            Tensor tokens = Tensor.of(read, 1, read.length);
            long[] before = IntStream.concat(
                            IntStream.of(START), written.stream().mapToInt(i -> i))
                    .asLongStream()
                    .toArray();
            Tensor states =
                    model.decode(Tensor.of(before, 1, before.length), model.encode(tokens, tokens.gt(-1)), null);
            return model.logits(states.select(1, -1)).logSoftmax(-1).toDoubles();
        }
    }

    private static final class Exhaustive {
        private final Transformer model;
        private final int[] source;
        private final double alpha;
        private List<Integer> best = List.of();
        private double score = Double.NEGATIVE_INFINITY;

        Exhaustive(Transformer model, int[] source, double alpha) {
            this.model = model;
            this.source = source;
            this.alpha = alpha;
        }

        void extend(List<Integer> written, double total) {
            double[] odds = odds(model, source, written);
            for (int token = END; token < VOCABULARY; token++) {
                List<Integer> longer = new ArrayList<>(written);
                longer.add(token);
                double sum = total + odds[token];
                if (token == END) {
                    double own = sum / Math.pow((5 + longer.size()) / 6.0, alpha);
                    if (own > score) {
                        score = own;
                        best = longer;
                    }
                } else if (longer.size() < CONTEXT) {
                    extend(longer, sum);
                }
            }
        }
    }
}
