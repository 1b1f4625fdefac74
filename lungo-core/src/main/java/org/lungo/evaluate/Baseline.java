package org.lungo.evaluate;

import java.util.Arrays;
import java.util.List;
import org.lungo.data.Task;

/**
 * The answer that needs no model: every row gets the same one, the class (or label) frequencies of the training rows, or
 * their mean. A model that is not better than this has learned nothing.
 *
 * @param answer [classes, labels or outputs] what every row is given
 */
public record Baseline(Task task, List<String> classes, double[] answer) {
    public Baseline {
        classes = List.copyOf(classes);
    }

    /**
     * Learns the answer.
     *
     * @param targets [rows, 1 or labels or outputs] of the training rows, as in {@link Predictions}
     */
    public static Baseline learn(Task task, List<String> classes, double[][] targets) {
        if (targets.length == 0) {
            throw new IllegalArgumentException("a baseline needs training targets. Received: 0 rows");
        }
        boolean single = task == Task.BINARY || task == Task.MULTICLASS;
        double[] answer = new double[single ? classes.size() : targets[0].length];
        for (double[] target : targets) {
            for (int c = 0; c < target.length; c++) {
                answer[single ? (int) target[0] : c] += single ? 1 : target[c];
            }
        }
        Arrays.setAll(answer, c -> answer[c] / targets.length);
        return new Baseline(task, classes, answer);
    }

    /** This answer for the rows of {@code predictions}, decided at the even threshold. */
    public Predictions predict(Predictions predictions) {
        double[][] scores = new double[predictions.rows()][];
        Arrays.fill(scores, answer);
        return new Predictions(task, predictions.classes(), scores, predictions.targets());
    }

    /** What it always says, in words: {@code always 'no'}. */
    public String inWords() {
        return switch (task) {
            case BINARY -> "always '" + classes.get(answer[1] >= Predictions.EVEN_THRESHOLD ? 1 : 0) + "'";
            case MULTICLASS -> "always '" + classes.get(largest()) + "'";
            case MULTILABEL -> "every label as often as in the training rows";
            case REGRESSION -> "always the mean of the training rows";
        };
    }

    private int largest() {
        int best = 0;
        for (int c = 1; c < answer.length; c++) {
            if (answer[c] > answer[best]) {
                best = c;
            }
        }
        return best;
    }
}
