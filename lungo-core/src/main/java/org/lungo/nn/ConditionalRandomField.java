package org.lungo.nn;

import java.util.ArrayList;
import java.util.List;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.ShapeException;
import org.lungo.tensor.Tensor;

/**
 * The probability of whole sequences of labels: of labels y for scores e, {@code s(y) = start[y1] + sum of e[t, yt] + sum of
 * transitions[yt, yt+1] + end[yn]}, and the likelihood {@code exp(s(y))} over the sum of it for all sequences. A linear-chain
 * conditional random field: Lafferty, McCallum and Pereira 2001; over a network as in Lample et al. 2016, arXiv:1603.01360,
 * section 2.2. Sequences that the scheme of the labels forbids have a likelihood of 0, in training too.
 *
 * @param transitions [labels, labels], from each label (row) to the next
 * @param start [labels]
 * @param end [labels]
 * @param forbidden a buffer [labels + 1, labels]: what is added to the transition from each label, and in the last row to the
 *     start; 0, or so little that it never happens
 */
public record ConditionalRandomField(Parameter transitions, Parameter start, Parameter end, Parameter forbidden) {
    private static final float NEVER = -1e4f;
    private static final double BOUND = 0.1;

    /** Which label may follow which. */
    @FunctionalInterface
    public interface Permission {
        /** Every label may follow every other. */
        Permission ALL = (before, label) -> true;

        /** Whether {@code label} may follow {@code before}, or with -1 be the first. */
        boolean permits(int before, int label);
    }

    /**
     * The logarithm of the likelihood of labels.
     *
     * @param emissions [batch, seq, labels], the score of each label for each token
     * @param labels INT64 [batch, seq], each in [0, labels), also behind the end of a row, where they count for nothing
     * @param lengths INT64 [batch], each from 1 to seq
     * @return [batch]
     */
    public Tensor logLikelihood(Tensor emissions, Tensor labels, Tensor lengths) {
        require(emissions);
        return score(emissions, labels, lengths).sub(logPartition(emissions, lengths)); // [batch]
    }

    /** The logarithm of the sum of {@code exp(s(y))} over all sequences; as {@link #logLikelihood}. Returns [batch]. */
    public Tensor logPartition(Tensor emissions, Tensor lengths) {
        require(emissions);
        Tensor steps = steps(); // [labels, labels]
        List<Tensor> scores = emissions.unbind(1); // seq times [batch, labels]
        List<Tensor> sums = new ArrayList<>();
        Tensor sum = scores.get(0).add(first()); // [batch, labels], over all sequences that end with each label
        sums.add(sum);
        for (Tensor score : scores.subList(1, scores.size())) {
            sum = sum.unsqueeze(2).add(steps).logSumExp(1).add(score); // [batch, labels]
            sums.add(sum);
        }
        Tensor last = lengths.sub(Tensor.ones(DType.INT64, 1)).reshape(-1, 1, 1); // [batch, 1, 1]
        Tensor ends = Reshaping.stack(sums, 1) // [batch, seq, labels]
                .gather(1, last.expand(-1, 1, emissions.size(2))) // [batch, 1, labels]
                .squeeze(1); // [batch, labels]
        return ends.add(end.value()).logSumExp(1); // [batch]
    }

    /** s(y). Returns [batch]. */
    private Tensor score(Tensor emissions, Tensor labels, Tensor lengths) {
        long length = emissions.size(1);
        long count = emissions.size(2);
        Tensor outside = lengths.unsqueeze(1).ge(Tensor.arange(1, length + 1)).eq(0); // BOOL [batch, seq]
        Tensor emitted = emissions.gather(2, labels.unsqueeze(2)).squeeze(2); // [batch, seq]
        Tensor moves = labels.narrow(1, 0, length - 1)
                .mul(Tensor.full(count, DType.INT64, 1))
                .add(labels.narrow(1, 1, length - 1)); // INT64 [batch, seq - 1]
        Tensor moved = steps().flatten(0, 1)
                .indexSelect(0, moves.reshape(-1))
                .reshape(labels.size(0), length - 1); // [batch, seq - 1]
        Tensor last = labels.gather(1, lengths.sub(Tensor.ones(DType.INT64, 1)).unsqueeze(1)); // [batch, 1]
        return emitted.maskedFill(outside, 0)
                .sum(1) // [batch]
                .add(moved.maskedFill(outside.narrow(1, 1, length - 1), 0).sum(1))
                .add(first().indexSelect(0, labels.select(1, 0)))
                .add(end.value().indexSelect(0, last.squeeze(1)));
    }

    /** Transitions with what is forbidden: [labels, labels]. */
    private Tensor steps() {
        long count = transitions.value().size(0);
        return transitions.value().add(forbidden.value().narrow(0, 0, count));
    }

    /** Starts with what is forbidden: [labels]. */
    private Tensor first() {
        return start.value().add(forbidden.value().select(0, start.value().size(0)));
    }

    private void require(Tensor emissions) {
        ShapeException.requireRank("crf", emissions, 3, "emissions [batch, seq, labels]");
        if (emissions.size(2) != start.value().size(0)) {
            throw new ShapeException(
                    "crf",
                    "emissions [batch, seq, labels] must have a score for each of "
                            + start.value().size(0) + " labels",
                    java.util.Arrays.toString(emissions.shape()));
        }
    }

    /**
     * The likeliest labels. Viterbi 1967.
     *
     * @param emissions [batch, seq, labels]
     * @param lengths of the rows
     * @return for each row as many labels as its length says
     */
    public int[][] decode(Tensor emissions, int... lengths) {
        require(emissions);
        int count = (int) emissions.size(2);
        double[] scores = emissions.toDoubles();
        Viterbi viterbi = new Viterbi(
                count, steps().toDoubles(), first().toDoubles(), end.value().toDoubles());
        int[][] labels = new int[lengths.length][];
        for (int row = 0; row < lengths.length; row++) {
            labels[row] = viterbi.best(scores, (int) (row * emissions.size(1)), lengths[row]);
        }
        return labels;
    }

    /** The number of labels. */
    public record Config(int labels) {
        public Config {
            Check.positive("labels", labels);
        }

        /** Starts with all scores uniform in (-0.1, 0.1). */
        public ConditionalRandomField build(Permission permission, Random random) {
            float[] forbidden = new float[(labels + 1) * labels];
            for (int before = 0; before <= labels; before++) {
                for (int label = 0; label < labels; label++) {
                    boolean permitted = permission.permits(before == labels ? -1 : before, label);
                    forbidden[before * labels + label] = permitted ? 0 : NEVER;
                }
            }
            return new ConditionalRandomField(
                    Parameter.of(Initializers.uniform(BOUND, random.stream("transitions"), labels, labels)),
                    Parameter.of(Initializers.uniform(BOUND, random.stream("start"), labels)),
                    Parameter.of(Initializers.uniform(BOUND, random.stream("end"), labels)),
                    Parameter.buffer(Tensor.of(forbidden, labels + 1L, labels)));
        }
    }
}
