package org.lungo.family.tables;

import org.lungo.data.Features;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.model.Answers;
import org.lungo.preprocess.Encoded;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Scores tables with a bundle's model: the one path from raw columns to answers, for evaluation and for serving. */
public record Scorer(TableBundle bundle) {
    private static final int ENCODED_AT_ONCE = 4096;

    /** Values of columns with a shape of their own: 64 MiB. */
    private static final int VALUES_AT_ONCE = 1 << 24;

    /** A number of rows whose hidden values stay in the processor's cache: four times as fast as 4096. */
    private static final int ROWS_AT_ONCE = 256;

    /**
     * One row of scores per row of {@code table}: class or label probabilities, or the number in the target's own unit.
     *
     * @return [rows][classes], for two classes both, or [rows][1]
     */
    public double[][] scores(Table table) {
        double[][] scores = new double[table.rows()][];
        int maxRows = Math.min(
                ENCODED_AT_ONCE,
                Math.max(1, VALUES_AT_ONCE / Math.max(1, bundle.table().shapedWidth())));
        for (int start = 0; start < table.rows(); start += maxRows) {
            int end = Math.min(table.rows(), start + maxRows);
            Table part = start == 0 && end == table.rows() ? table : table.slice(start, end);
            double[][] answers = scores(bundle.table().encode(part));
            System.arraycopy(answers, 0, scores, start, answers.length);
        }
        return scores;
    }

    /** One row of scores per encoded row. */
    public double[][] scores(Encoded rows) {
        double[][] scores = new double[rows.rows()][];
        for (int start = 0; start < scores.length; start += ROWS_AT_ONCE) {
            try (Scope scope = Scope.inference()) {
                Encoded few = rows.slice(start, Math.min(scores.length, start + ROWS_AT_ONCE));
                double[][] answers = answers(bundle.model().forward(features(few)));
                System.arraycopy(answers, 0, scores, start, answers.length);
            }
        }
        return scores;
    }

    /**
     * The scores for raw outputs of the model.
     *
     * @param logits [members * rows, outputs]
     * @return as {@link #scores}
     */
    public double[][] answers(Tensor logits) {
        Tensor answers =
                Answers.of(logits, bundle.target().task(), bundle.model().members()); // [rows, outputs]
        double[] flat = answers.toDoubles();
        int width = (int) answers.size(1);
        double[][] scores = new double[(int) answers.size(0)][];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = row(flat, row * width, width);
        }
        return scores;
    }

    private double[] row(double[] flat, int at, int width) {
        Task task = bundle.target().task();
        if (task == Task.BINARY) {
            return new double[] {1 - flat[at], flat[at]};
        }
        if (task == Task.REGRESSION) {
            return new double[] {bundle.target().restore(flat[at])};
        }
        return java.util.Arrays.copyOfRange(flat, at, at + width);
    }

    /** Encoded rows as tensors of the scope that is open now. */
    public static Features features(Encoded rows) {
        return new Features(
                Tensor.of(rows.numbers(), rows.rows(), rows.numberWidth()),
                Tensor.of(rows.categories(), rows.rows(), rows.categoryWidth()),
                rows.tokenWidth() == 0 ? null : Tensor.of(rows.tokens(), rows.rows(), rows.tokenWidth()),
                rows.shaped().stream()
                        .map(column -> Tensor.of(column.values(), column.shape(rows.rows())))
                        .toList(),
                null);
    }
}
