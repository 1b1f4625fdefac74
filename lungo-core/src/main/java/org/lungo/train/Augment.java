package org.lungo.train;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.lungo.tensor.Check;

/** What is done to training rows alone, so that the model learns more from them; validation and test rows stay as they are. */
public record Augment(
        @JsonPropertyDescription(
                "Whether rows of smaller classes are repeated, drawn by chance, up to the largest class.")
        boolean oversample,

        @JsonPropertyDescription(
                "The standard deviation of the Gaussian noise that is added to every batch's scaled numbers; 0 for none.")
        double noise) {
    public static final Augment DEFAULTS = new Augment(false, 0);

    public Augment {
        Check.notNegative("noise", noise);
    }
}
