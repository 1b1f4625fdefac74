package org.lungo.deploy.text;

import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import org.lungo.tensor.Check;

/**
 * The likeliest tokens behind several hypotheses, merged: the likeliest comes first, of equal ones that of the earlier
 * hypothesis and then the smaller token. There are enough that {@code width} hypotheses continue, whichever of them end with an
 * end token. A token of probability 0 is no candidate.
 */
final class Candidates {
    private static final Comparator<Row> BEST_FIRST =
            Comparator.comparingDouble(Row::total).reversed().thenComparingInt(row -> row.parent);

    private final PriorityQueue<Row> rows = new PriorityQueue<>(BEST_FIRST);
    private final PriorityQueue<Double> totals = new PriorityQueue<>(); // the largest, the least of them first
    private final Likeliest likeliest;
    private final boolean isBounded;
    private final int enough;
    private double floor = Double.NEGATIVE_INFINITY;

    Candidates(BeamRules rules) {
        int width = rules.width();
        int ends = rules.ends().size();
        isBounded = rules.complete() == null;
        enough = Math.multiplyExact(width, 1 + ends);
        likeliest = new Likeliest((isBounded ? width : 2 * width) + ends, rules.unwritten());
    }

    /** A token behind a hypothesis; {@code total} is the log-probability of the text with it. */
    record Candidate(int parent, int token, double total) {}

    /** The candidates behind one hypothesis that are still to come. */
    private static final class Row {
        private final int parent;
        private final double before;
        private final float[] scores;
        private final int from;
        private final int[] tokens;
        private int at;

        Row(int parent, double before, float[] scores, int from, int[] tokens) {
            this.parent = parent;
            this.before = before;
            this.scores = scores;
            this.from = from;
            this.tokens = tokens;
        }

        double total() {
            return before + scores[from + tokens[at]];
        }
    }

    /**
     * Adds what may follow a hypothesis.
     *
     * @param before what is added to each score: the log-probability of the hypothesis, less the logarithm of the sum of
     *     exponentials where the scores are logits
     * @param scores [vocabulary], from the place {@code from} on
     */
    void add(int parent, double before, float[] scores, int from, int vocabulary) {
        float least = Math.nextDown((float) (floor - before)); // what is less cannot reach the floor
        Row row = new Row(parent, before, scores, from, likeliest.of(scores, from, vocabulary, least));
        if (isBounded) {
            for (int token : row.tokens) {
                raise(before + scores[from + token]);
            }
        }
        offer(row);
    }

    /** Lifts the floor to the least of the largest totals as soon as there are enough of them. */
    private void raise(double total) {
        if (total > floor) {
            totals.add(total);
            if (totals.size() > enough) {
                totals.remove();
            }
            if (totals.size() == enough) {
                floor = Objects.requireNonNull(totals.peek());
            }
        }
    }

    private void offer(Row row) {
        if (row.at < row.tokens.length) {
            Check.that(
                    !Double.isNaN(row.total()),
                    "a model's scores of the next token must be numbers; its weights are damaged, or its training diverged",
                    row.total());
            if (row.total() > Double.NEGATIVE_INFINITY) {
                rows.add(row);
            }
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Takes the likeliest. */
    Candidate next() {
        Row row = rows.remove();
        Candidate best = new Candidate(row.parent, row.tokens[row.at], row.total());
        row.at++;
        offer(row);
        return best;
    }
}
