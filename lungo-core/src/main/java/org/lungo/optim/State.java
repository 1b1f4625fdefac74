package org.lungo.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lungo.tensor.Check;
import org.lungo.tensor.Tensor;

/** Named tensors that live from step to step. */
final class State {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /** Zeros like each parameter, under {@code name.0}, {@code name.1}, ... */
    List<Tensor> zerosLike(String name, List<Tensor> parameters) {
        List<Tensor> zeros = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Tensor parameter = parameters.get(i);
            Tensor zero = Tensor.zeros(parameter.dtype(), parameter.shape()).to(parameter.device());
            zeros.add(put(name + "." + i, zero));
        }
        return List.copyOf(zeros);
    }

    Tensor put(String name, Tensor tensor) {
        tensors.put(name, tensor);
        return tensor;
    }

    Map<String, Tensor> all() {
        return Collections.unmodifiableMap(tensors);
    }

    void load(Map<String, Tensor> saved) {
        Check.that(
                saved.keySet().equals(tensors.keySet()),
                "the saved state must be of the same optimiser and parameters: expected the names " + tensors.keySet(),
                saved.keySet());
        tensors.forEach((name, tensor) -> requireSameShape(name, tensor, named(saved, name)));
        tensors.forEach((name, tensor) -> tensor.copyInPlace(named(saved, name)));
    }

    private static Tensor named(Map<String, Tensor> saved, String name) {
        return Objects.requireNonNull(saved.get(name), name);
    }

    private static void requireSameShape(String name, Tensor tensor, Tensor saved) {
        Check.that(
                Arrays.equals(tensor.shape(), saved.shape()),
                "the saved state '" + name + "' must have the shape " + Arrays.toString(tensor.shape()),
                Arrays.toString(saved.shape()));
    }
}
