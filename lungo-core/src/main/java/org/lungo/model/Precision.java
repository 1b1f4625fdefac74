package org.lungo.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.Bfloat16Weight;
import org.lungo.nn.Int4Weight;
import org.lungo.nn.Int8Weight;
import org.lungo.nn.Linear;
import org.lungo.nn.PackedLinear;
import org.lungo.nn.PackedWeight;
import org.lungo.nn.Parameter;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/**
 * How the weights of a model's dense layers are held while it answers. Everything else, the tables of tokens among it, of
 * which one row is read for a token, is FLOAT32; so are the keys and values of earlier tokens. A head that is tied to the
 * table of tokens gets a rounded copy of its own.
 */
public enum Precision {
    /** 32 bits. */
    @JsonProperty("fp32")
    FP32(null),

    /** 16 bits: {@link Bfloat16Weight}. */
    @JsonProperty("bf16")
    BF16(Bfloat16Weight::of),

    /** 8 bits: {@link Int8Weight}; 16 for layers whose sizes the kernel does not take. */
    @JsonProperty("int8")
    INT8(Precision::int8),

    /** 4 bits, {@link Int4Weight}; 8 for the head and for layers whose sizes the kernel does not take. */
    @JsonProperty("int4")
    INT4(weight -> Int4Weight.fits(weight) ? Int4Weight.of(weight) : int8(weight));

    private static final String HEAD = "head";

    private final @Nullable Function<Tensor, PackedWeight> packing;

    Precision(@Nullable Function<Tensor, PackedWeight> packing) {
        this.packing = packing;
    }

    /**
     * The same model with its weights held so; it cannot be trained. What need not change is shared. New tensors live in the
     * scope around the call.
     */
    public <M> M of(M model) {
        Function<Tensor, PackedWeight> pack = packing;
        return Parameters.replace(model, (name, part) -> {
            if (pack != null && part instanceof Linear linear) {
                boolean head = name.equals(HEAD);
                Tensor weight = linear.weight().value();
                return new PackedLinear(
                        head && this == INT4 ? int8(weight) : pack.apply(weight),
                        linear.bias() == null ? null : wide(linear.bias()));
            }
            return part instanceof Parameter parameter ? wide(parameter) : part;
        });
    }

    private static PackedWeight int8(Tensor weight) {
        return Int8Weight.fits(weight) ? Int8Weight.of(weight) : Bfloat16Weight.of(weight);
    }

    private static Parameter wide(Parameter parameter) {
        Tensor value = parameter.value();
        return value.dtype().isFloating() && value.dtype() != DType.FLOAT32
                ? Parameter.buffer(value.detach().to(DType.FLOAT32))
                : parameter;
    }

    /** The name in commands and files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
