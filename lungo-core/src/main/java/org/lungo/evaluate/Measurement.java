package org.lungo.evaluate;

import java.util.List;

/** How good a model is, whatever it answers. */
public interface Measurement {
    /** What {@code metrics.json} holds: one JSON object. */
    String toJson();

    /** The same for a person. */
    String toText();

    /** The gates that were not reached. */
    default List<Gates.Outcome> failures() {
        return List.of();
    }
}
