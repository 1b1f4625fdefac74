package org.lungo.nn;

import java.util.List;
import org.lungo.tensor.Tensor;

/** Layers one after the other. */
public record Sequential(List<Layer> layers) implements Layer {
    public Sequential {
        layers = List.copyOf(layers);
    }

    /** A chain of the given layers. */
    public static Sequential of(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    /** {@code x}: what the first layer takes. Returns what the last one gives. */
    @Override
    public Tensor forward(Tensor x) {
        Tensor y = x;
        for (Layer layer : layers) {
            y = layer.forward(y);
        }
        return y;
    }
}
