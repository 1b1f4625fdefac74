package org.lungo.family.tables.training;

import java.util.Map;
import org.lungo.evaluate.Direction;
import org.lungo.tensor.Tensor;

/** Watches the validation rows pass through the model after each epoch, and says how good the answers are. */
public interface Scoring {
    /** Says nothing. */
    Scoring NONE = new Scoring() {
        @Override
        public void see(long start, Tensor logits) {}

        @Override
        public Map<String, Double> end() {
            return Map.of();
        }
    };

    /**
     * Takes the model's raw outputs for the rows from {@code start} on; called in order for all of them.
     *
     * @param logits [members * rows, outputs], see {@link org.lungo.model.Model#forward}; gone after the call
     */
    void see(long start, Tensor logits);

    /** Which metrics {@link #end} gives, and which way they improve. */
    default Map<String, Direction> monitors() {
        return Map.of();
    }

    /** The metrics of this epoch by name, such as {@code accuracy}, without those that are undefined; the next starts anew. */
    Map<String, Double> end();
}
