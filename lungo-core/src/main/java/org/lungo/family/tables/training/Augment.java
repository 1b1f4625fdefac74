package org.lungo.family.tables.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.lungo.tensor.Check;

/** What is done to training rows alone, so that the model learns more from them; validation and test rows stay as they are. */
public record Augment(
        @JsonPropertyDescription(
                "Whether random rows of smaller classes are repeated until each class is as large as the largest.")
        boolean oversample,

        @JsonPropertyDescription(
                "The standard deviation of the Gaussian noise that is added to every batch's scaled numbers; 0 for"
                        + " none.")
        double noise,

        @JsonPropertyDescription("Changes to the words of texts.")
        WordChanges words,

        @JsonPropertyDescription(
                "How much rows, and their losses, are mixed with others of their batch: the parameter of the Beta"
                        + " distribution"
                        + " that the shares are drawn from, at most 1; 0 for none.")
        double mixup) {
    public static final Augment DEFAULTS = new Augment(false, 0, WordChanges.NONE, 0);

    public Augment {
        Check.notNegative("noise", noise);
        Check.that(mixup >= 0 && mixup <= 1, "mixup must be from 0 to 1", mixup);
    }

    /** Repeated rows or noise alone. */
    public Augment(boolean oversample, double noise) {
        this(oversample, noise, WordChanges.NONE, 0);
    }
}
