package org.lungo.model;

import org.lungo.data.Task;
import org.lungo.tensor.Tensor;

/** Turns a model's raw outputs into answers: probabilities, or numbers on the target's scale. */
public final class Answers {
    private Answers() {}

    /** The width of a model's output for a task with {@code classes} classes or labels (ignored for regression). */
    public static int outputs(Task task, int classes) {
        return switch (task) {
            case BINARY, REGRESSION -> 1;
            case MULTICLASS, MULTILABEL -> classes;
        };
    }

    /**
     * The mean answer of a model's members. Probabilities are averaged, not logits: Gorishniy et al. 2025,
     * arXiv:2410.24210, section 3.2.
     *
     * @param logits [members * rows, outputs]
     * @return binary: [rows, 1], the probability of the second class; multiclass: [rows, classes]; multilabel: [rows,
     *     labels]; regression: [rows, 1]
     */
    public static Tensor of(Tensor logits, Task task, int members) {
        Tensor answers = switch (task) {
            case BINARY, MULTILABEL -> logits.sigmoid();
            case MULTICLASS -> logits.softmax(-1);
            case REGRESSION -> logits;
        };
        return members == 1
                ? answers
                : answers.reshape(members, -1, logits.size(-1)).mean(0);
    }
}
