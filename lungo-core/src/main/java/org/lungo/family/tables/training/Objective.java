package org.lungo.family.tables.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Arrays;
import org.lungo.data.Task;
import org.lungo.loss.ClassWeighted;
import org.lungo.loss.Loss;
import org.lungo.tensor.Check;
import org.lungo.tensor.Tensor;

/** What training makes small: the loss, what each class counts in it, and what is done to the training rows. */
public record Objective(
        @JsonPropertyDescription("The loss: how far an answer is from the truth.")
        LossChoice loss,

        @JsonPropertyDescription(
                "How much each class counts in the loss: all rows the same, or `balanced`, rows / (classes * rows of"
                        + " the"
                        + " class), so that all classes count the same.")
        ClassWeights classWeights,

        @JsonPropertyDescription("Changes to training rows only.")
        Augment augment) {
    public static final Objective DEFAULTS = new Objective(LossChoice.DEFAULTS, ClassWeights.NONE, Augment.DEFAULTS);

    public Objective {
        Check.that(
                classWeights == ClassWeights.NONE || !augment.oversample(),
                "class_weights: balanced and augment.oversample both even out the classes; choose one",
                "class_weights: " + classWeights + ", oversample: true");
    }

    /**
     * The loss of a task; its tensors live in the scope that is open now.
     *
     * @param labelSmoothing the share of a class target that is spread over all classes
     * @param classes the class of each training row, in [0, count); ignored without class weights
     */
    public Loss build(Task task, double labelSmoothing, int count, long... classes) {
        Loss even = loss.build(task, labelSmoothing);
        if (classWeights == ClassWeights.NONE) {
            return even;
        }
        long[] counts = new long[count];
        Arrays.stream(classes).forEach(c -> counts[(int) c]++);
        double[] weights = classWeights.of(counts);
        float[] narrow = new float[count];
        for (int c = 0; c < count; c++) {
            narrow[c] = (float) weights[c];
        }
        return new ClassWeighted(even, Tensor.of(narrow, count));
    }
}
