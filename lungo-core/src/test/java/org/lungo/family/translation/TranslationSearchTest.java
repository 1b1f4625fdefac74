package org.lungo.family.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.deploy.text.Beam;
import org.lungo.deploy.text.BeamRules;
import org.lungo.deploy.text.Hypothesis;
import org.lungo.deploy.text.LengthPenalty;
import org.lungo.model.Transformer;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class TranslationSearchTest {
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
                Hypothesis found = new TranslationSearch(model, rules(500, alpha), START)
                        .of(List.of(source))
                        .get(0)
                        .found()
                        .get(0);
                assertThat(list(found)).isEqualTo(all.best);
                assertThat(found.score(LengthPenalty.wu(alpha))).isCloseTo(all.score, within(1e-4));
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
                double[] probabilities = probabilities(model, source, written);
                written.add(IntStream.range(END, VOCABULARY)
                        .boxed()
                        .max((a, b) -> Double.compare(probabilities[a], probabilities[b]))
                        .orElseThrow());
            }
            Hypothesis found = new TranslationSearch(model, rules(1, 0.6), START)
                    .of(List.of(source))
                    .get(0)
                    .found()
                    .get(0);
            assertThat(list(found)).isEqualTo(written);
            assertThat(found.isStopped()).isEqualTo(written.get(written.size() - 1) == END);
        }
    }

    @Test
    void findsTogetherWhatItFindsAlone() {
        try (Scope scope = Scope.inference()) {
            Transformer model = model(7, 12);
            List<int[]> sources = List.of(
                    new int[] {3, END}, new int[] {4, 5, 3, 3, 5, END}, new int[] {5, END}, new int[] {3, 4, 4, END});
            TranslationSearch search = new TranslationSearch(model, rules(3, 0.6), START);
            List<Beam> together = search.of(sources);
            for (int i = 0; i < sources.size(); i++) {
                Hypothesis alone = best(search.of(List.of(sources.get(i))).get(0));
                Hypothesis text = best(together.get(i));
                assertThat(list(text)).isEqualTo(list(alone));
                assertThat(text.logProbability()).isCloseTo(alone.logProbability(), within(1e-4));
            }
        }
    }

    private static Transformer model(long seed, int context) {
        Transformer.Details details = new Transformer.Details(0, true, Transformer.Tied.NONE);
        return new Transformer.Config(VOCABULARY, context, new Transformer.Depth(1, 2), 2, 8, 16, details)
                .build(Random.of(seed));
    }

    private static BeamRules rules(int width, double alpha) {
        return new BeamRules(
                width, LengthPenalty.wu(alpha), Set.of(END), Set.of(START, PADDING), null, BeamRules.Ending.EARLY);
    }

    private static Hypothesis best(Beam search) {
        return search.found().get(0);
    }

    private static List<Integer> list(Hypothesis text) {
        return IntStream.of(text.tokens()).boxed().toList();
    }

    /** Log probabilities of the token behind {@code written}, computed from the start. */
    private static double[] probabilities(Transformer model, int[] source, List<Integer> written) {
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
            double[] probabilities = probabilities(model, source, written);
            for (int token = END; token < VOCABULARY; token++) {
                List<Integer> longer = new ArrayList<>(written);
                longer.add(token);
                double sum = total + probabilities[token];
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
