package org.lungo.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.lungo.tensor.Check;
import org.lungo.tensor.Tensor;

/** The parameters that have a gradient now: their places in the list and the gradients there. */
final class Gradients {
    private final int[] places;
    private final List<Tensor> values;

    private Gradients(int[] places, List<Tensor> values) {
        this.places = places;
        this.values = values;
    }

    static Gradients of(List<Tensor> parameters) {
        int[] places = new int[parameters.size()];
        List<Tensor> values = new ArrayList<>(places.length);
        for (int i = 0; i < places.length; i++) {
            Tensor gradient = parameters.get(i).gradient();
            if (gradient != null) {
                places[values.size()] = i;
                values.add(gradient);
            }
        }
        return new Gradients(places, values);
    }

    static List<Tensor> requireParameters(List<Tensor> parameters) {
        Check.that(!parameters.isEmpty(), "there must be at least one parameter to train", parameters);
        return List.copyOf(parameters);
    }

    /** Those whose parameter's place satisfies {@code condition}. */
    Gradients where(IntPredicate condition) {
        int[] chosen = new int[values.size()];
        List<Tensor> kept = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (condition.test(places[i])) {
                chosen[kept.size()] = places[i];
                kept.add(values.get(i));
            }
        }
        return new Gradients(chosen, kept);
    }

    List<Tensor> values() {
        return values;
    }

    /** The place in the parameter list of the gradient at {@code index}. */
    int place(int index) {
        return places[index];
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Those of {@code tensors}, one per parameter, whose parameter has a gradient. An empty list stays empty. */
    List<Tensor> select(List<Tensor> tensors) {
        if (tensors.isEmpty() || values.size() == tensors.size()) {
            return tensors;
        }
        List<Tensor> selected = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            selected.add(tensors.get(places[i]));
        }
        return selected;
    }
}
