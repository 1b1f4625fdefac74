package org.lungo.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Tensor;

/** Steps of networks on memory that was used before. */
final class UsedMemory {
    private UsedMemory() {}

    /** The outputs and the gradient of every parameter that has one, with memory made dirty between the two. */
    static List<float[]> lossAndGradients(Object model, Tensor output) {
        Tensor loss = output.to(DType.FLOAT32).sin().sum();
        List<float[]> results = new ArrayList<>(List.of(output.to(DType.FLOAT32).toFloats()));
        DirtyMemory.fill();
        loss.backward();
        for (Tensor parameter : Parameters.of(model).trainable()) {
            if (parameter.gradient() != null) {
                results.add(Objects.requireNonNull(parameter.gradient()).toFloats());
            }
        }
        return results;
    }
}
