package org.lungo.nn;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.lungo.tensor.Tensor;

/** A function applied to every element between layers. */
public enum Activation implements Layer {
    @JsonProperty("relu")
    RELU(Tensor::relu),
    @JsonProperty("gelu")
    GELU(Tensor::gelu),
    @JsonProperty("silu")
    SILU(Tensor::silu),
    @JsonProperty("elu")
    ELU(Tensor::elu),
    @JsonProperty("mish")
    MISH(Tensor::mish),
    @JsonProperty("tanh")
    TANH(Tensor::tanh),
    @JsonProperty("sigmoid")
    SIGMOID(Tensor::sigmoid),
    @JsonProperty("identity")
    IDENTITY(x -> x);

    private final transient UnaryOperator<Tensor> function;

    Activation(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    /** {@code x}: any shape. Returns the same shape. */
    @Override
    public Tensor forward(Tensor x) {
        return function.apply(x);
    }

    /** The name in configuration files, for example {@code relu}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
