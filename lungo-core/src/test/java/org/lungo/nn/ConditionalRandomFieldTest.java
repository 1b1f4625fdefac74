package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** The contract holds for the likelihood as a layer; sums and best paths are compared with all paths, one by one. */
final class ConditionalRandomFieldTest implements LayerContract {
    private static final int LABELS = 3;

    /** Label 2 may follow 1 and 2 only, as I does B. */
    private static final ConditionalRandomField.Permission INSIDE = (before, label) -> label != 2 || before > 0;

    /** Rows of five steps of which four count, all with the same labels. */
    record Likelihood(ConditionalRandomField field) implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor labels = Tensor.of(new long[] {0, 1, 2, 0, 0}, 1, 5).expand(x.size(0), 5);
            return field.logLikelihood(x, labels, Tensor.full(4, DType.INT64, x.size(0)));
        }
    }

    private static ConditionalRandomField field() {
        ConditionalRandomField built = new ConditionalRandomField.Config(LABELS).build(INSIDE, Random.of(1));
        return new ConditionalRandomField( // transitions that matter
                Parameter.of(built.transitions().value().mul(20).copy()),
                Parameter.of(built.start().value().mul(20).copy()),
                Parameter.of(built.end().value().mul(20).copy()),
                built.forbidden());
    }

    @Override
    public Layer layer(Random random) {
        return new Likelihood(new ConditionalRandomField.Config(LABELS).build(INSIDE, random));
    }

    @Override
    public Tensor input(DType dtype) {
        return Waves.of(ROWS, 5, LABELS).to(dtype);
    }

    @Override
    public long[] outputShape() {
        return new long[] {ROWS};
    }

    @Override
    public List<String> names() {
        return List.of("field.transitions", "field.start", "field.end", "field.forbidden");
    }

    @Test
    void agreesWithAllPaths() {
        try (Scope scope = Scope.inference()) {
            ConditionalRandomField field = field();
            int[] lengths = {5, 1, 3, 2};
            Tensor emissions = Waves.of(4, 5, LABELS).to(DType.FLOAT32);
            long[][] labels = {{0, 1, 2, 2, 1}, {1, 0, 0, 0, 0}, {1, 2, 0, 0, 0}, {0, 0, 0, 0, 0}};
            Tensor gold = Tensor.of(
                    Arrays.stream(labels).flatMapToLong(Arrays::stream).toArray(), 4, 5);
            Tensor ends = Tensor.of(new long[] {5, 1, 3, 2}, 4);
            double[] likelihoods = field.logLikelihood(emissions, gold, ends).toDoubles();
            double[] partitions = field.logPartition(emissions, ends).toDoubles();
            int[][] best = field.decode(emissions, lengths);
            for (int row = 0; row < lengths.length; row++) {
                Paths paths = new Paths(field, emissions.select(0, row), lengths[row]);
                double all = Math.log(paths.sum(path -> Math.exp(paths.score(path))));
                // Float32 against float64: five steps of numbers below 10.
                assertThat(partitions[row]).isCloseTo(all, within(1e-5));
                int[] wanted = Arrays.stream(labels[row])
                        .mapToInt(label -> (int) label)
                        .limit(lengths[row])
                        .toArray();
                assertThat(likelihoods[row]).isCloseTo(paths.score(wanted) - all, within(1e-5));
                assertThat(best[row]).isEqualTo(paths.best());
            }
        }
    }

    @Test
    void neverTakesWhatIsForbidden() {
        try (Scope scope = Scope.inference()) {
            float[] scores = {0, 0, 9, 0, 0, 9, 0, 0, 9};
            int[][] best = field().decode(Tensor.of(scores, 1, 3, LABELS), 3);
            assertThat(best[0]).isEqualTo(new int[] {1, 2, 2});
            Tensor gold = Tensor.of(new long[] {0, 2, 0}, 1, 3);
            assertThat(field().logLikelihood(Tensor.of(scores, 1, 3, LABELS), gold, Tensor.full(3, DType.INT64, 1))
                            .item())
                    .isLessThan(-9000);
        }
    }

    @Test
    void likelihoodsOfAllPathsSumToOne() {
        try (Scope scope = Scope.inference()) {
            ConditionalRandomField free =
                    new ConditionalRandomField.Config(2).build(ConditionalRandomField.Permission.ALL, Random.of(2));
            double sum = 0;
            for (long path = 0; path < 8; path++) {
                Tensor labels = Tensor.of(new long[] {path & 1, path >> 1 & 1, path >> 2}, 1, 3);
                sum += Math.exp(
                        free.logLikelihood(Waves.of(1, 3, 2).to(DType.FLOAT32), labels, Tensor.full(3, DType.INT64, 1))
                                .item());
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void saysWhatDidNotFit() {
        try (Scope scope = Scope.inference()) {
            assertThatThrownBy(() -> field().decode(Tensor.zeros(DType.FLOAT32, 1, 2, 4), 2))
                    .hasMessageContaining("a score for each of 3 labels")
                    .hasMessageContaining("[1, 2, 4]");
            assertThatThrownBy(
                            () -> field().logPartition(Tensor.zeros(DType.FLOAT32, 2, 3), Tensor.ones(DType.INT64, 2)))
                    .hasMessageContaining("emissions [batch, seq, labels]");
            assertThatThrownBy(() -> new ConditionalRandomField.Config(0))
                    .hasMessage("labels must be at least 1. Received: 0");
        }
    }

    /** All sequences of labels of one length, in plain Java from the formula. */
    private static final class Paths {
        private final double[] transitions;
        private final double[] start;
        private final double[] end;
        private final double[] emissions;
        private final int length;

        Paths(ConditionalRandomField field, Tensor emissions, int length) {
            this.transitions = field.transitions().value().toDoubles();
            this.start = field.start().value().toDoubles();
            this.end = field.end().value().toDoubles();
            this.emissions = emissions.toDoubles();
            this.length = length;
        }

        double score(int... path) {
            double score = start[path[0]] + end[path[length - 1]];
            for (int t = 0; t < length; t++) {
                score += emissions[t * LABELS + path[t]];
                score += t == 0 ? 0 : transitions[path[t - 1] * LABELS + path[t]];
                score += INSIDE.permits(t == 0 ? -1 : path[t - 1], path[t]) ? 0 : Double.NEGATIVE_INFINITY;
            }
            return score;
        }

        double sum(ToDoubleFunction<int[]> value) {
            double sum = 0;
            for (int number = 0; number < Math.pow(LABELS, length); number++) {
                sum += value.applyAsDouble(path(number));
            }
            return sum;
        }

        int[] best() {
            int[] best = path(0);
            for (int number = 1; number < Math.pow(LABELS, length); number++) {
                best = score(path(number)) > score(best) ? path(number) : best;
            }
            return best;
        }

        private int[] path(int number) {
            int[] path = new int[length];
            int rest = number;
            for (int t = 0; t < length; t++, rest /= LABELS) {
                path[t] = rest % LABELS;
            }
            return path;
        }
    }
}
