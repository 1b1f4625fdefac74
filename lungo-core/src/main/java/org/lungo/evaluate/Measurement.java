package org.lungo.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How good a model is, whatever it answers. */
public interface Measurement {
    /** What {@code metrics.json} holds: one JSON object. */
    String toJson();

    /** The measurement as text, for a person. */
    String toText();

    /** The cross-validation that was also made; null when there was none. */
    default @Nullable CrossValidation folds() {
        return null;
    }

    /** The gates that were not reached. */
    default List<Gates.Outcome> failures() {
        return List.of();
    }
}
