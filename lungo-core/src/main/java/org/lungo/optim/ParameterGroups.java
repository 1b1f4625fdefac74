package org.lungo.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.tensor.Tensor;

/** Several optimisers as one, each with parameters and constants of its own. */
public final class ParameterGroups implements Optimizer {
    private final List<Optimizer> groups;

    private ParameterGroups(List<Optimizer> groups) {
        this.groups = groups;
    }

    /** Those of {@code groups}; a single one is itself. */
    public static Optimizer of(List<Optimizer> groups) {
        return groups.size() == 1 ? groups.get(0) : new ParameterGroups(List.copyOf(groups));
    }

    @Override
    public void step(double learningRate) {
        groups.forEach(group -> group.step(learningRate));
    }

    @Override
    public void zeroGradients() {
        groups.forEach(Optimizer::zeroGradients);
    }

    /** Those of all groups, under {@code group.0.}, {@code group.1.} and so on. */
    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            String prefix = prefix(i);
            groups.get(i).state().forEach((name, tensor) -> state.put(prefix + name, tensor));
        }
        return state;
    }

    @Override
    public void load(Map<String, Tensor> saved) {
        long known = 0;
        for (int i = 0; i < groups.size(); i++) {
            String prefix = prefix(i);
            Map<String, Tensor> own = new LinkedHashMap<>();
            saved.forEach((name, tensor) -> {
                if (name.startsWith(prefix)) {
                    own.put(name.substring(prefix.length()), tensor);
                }
            });
            groups.get(i).load(own);
            known += own.size();
        }
        if (known != saved.size()) {
            throw new IllegalArgumentException("the saved state must be of the same optimiser, with " + groups.size()
                    + " groups. Received: " + saved.keySet());
        }
    }

    private static String prefix(int group) {
        return "group." + group + ".";
    }
}
