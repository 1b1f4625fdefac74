package org.lungo.optim;

import java.util.List;
import java.util.Map;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * An exponential moving average of parameters: {@code average = decay * average + (1 - decay) * parameter} after each
 * step. Models often do better with the average than with the last weights. Polyak and Juditsky 1992,
 * doi:10.1137/0330046, in the exponential form. The averages belong to the scope that is open at construction.
 */
public final class WeightAverage {
    private final List<Tensor> parameters;
    private final double decay;
    private final State state = new State();
    private final List<Tensor> averages;
    private boolean swapped;

    /** Starts from the parameters as they are now. {@code decay} is in [0, 1). */
    public WeightAverage(List<Tensor> parameters, double decay) {
        Check.that(decay >= 0 && decay < 1, "decay must be at least 0 and below 1", decay);
        this.parameters = Gradients.requireParameters(parameters);
        this.decay = decay;
        this.averages = state.zerosLike("average", this.parameters);
        for (int i = 0; i < averages.size(); i++) {
            averages.get(i).copyInPlace(parameters.get(i));
        }
    }

    /** Takes the parameters of one more step in. */
    public void update() {
        requireNotSwapped("update");
        for (int i = 0; i < averages.size(); i++) {
            averages.get(i).lerpInPlace(parameters.get(i), 1 - decay);
        }
    }

    /** Exchanges parameters and averages, for an evaluation or at the end; a second call exchanges them back. */
    public void swap() {
        try (Scope scope = Scope.inference()) {
            for (int i = 0; i < averages.size(); i++) {
                Tensor parameter = parameters.get(i).copy();
                parameters.get(i).copyInPlace(averages.get(i));
                averages.get(i).copyInPlace(parameter);
            }
        }
        swapped = !swapped;
    }

    /** The averages, live, under {@code average.0}, {@code average.1}, ... in the parameters' order. */
    public Map<String, Tensor> state() {
        requireNotSwapped("read the state of");
        return state.all();
    }

    /** Copies a saved {@link #state()} in. */
    public void load(Map<String, Tensor> saved) {
        requireNotSwapped("load");
        state.load(saved);
    }

    private void requireNotSwapped(String action) {
        if (swapped) {
            throw new IllegalStateException("cannot " + action
                    + " an average while it is exchanged with the parameters; call swap() again first");
        }
    }
}
