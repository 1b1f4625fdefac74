package org.lungo.model.huggingface;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lungo.nn.Parameter;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;

/**
 * One tensor of a file and the parameters that it holds.
 *
 * @param stored the name in the file
 * @param parts the names of our parameters; several are stored one after the other along their first axis
 * @param transposed whether the two axes are exchanged in the file
 */
record Weight(String stored, List<String> parts, boolean transposed) {
    static Weight of(String stored, String part) {
        return new Weight(stored, List.of(part), false);
    }

    /** The shape in the file. */
    long[] shape(Map<String, Parameter> own) {
        long[] shape = value(own, parts.get(0)).shape();
        shape[0] = parts.stream().mapToLong(part -> value(own, part).size(0)).sum();
        return transposed ? new long[] {shape[1], shape[0]} : shape;
    }

    /** Copies {@code tensor}, of {@link #shape}, into our parameters. */
    void load(Tensor tensor, Map<String, Parameter> own) {
        Tensor rows = transposed ? tensor.transpose(0, 1) : tensor;
        long at = 0;
        for (String part : parts) {
            Tensor target = value(own, part);
            target.copyInPlace(rows.narrow(0, at, target.size(0)));
            at += target.size(0);
        }
    }

    /** Our parameters as the file has them, of {@link #shape}. */
    Tensor store(Map<String, Parameter> own) {
        List<Tensor> values =
                parts.stream().map(part -> value(own, part).detach()).toList();
        Tensor rows = values.size() == 1 ? values.get(0) : Reshaping.concat(values, 0);
        return transposed ? rows.transpose(0, 1) : rows;
    }

    /** What is wrong with {@code tensor}, or an empty text. */
    String problem(Tensor tensor, Map<String, Parameter> own) {
        if (!tensor.dtype().isFloating()) {
            return "'" + stored + "' must hold floating numbers, got " + tensor.dtype();
        }
        return Arrays.equals(tensor.shape(), shape(own))
                ? ""
                : "'" + stored + "' must have shape " + Arrays.toString(shape(own)) + ", got "
                        + Arrays.toString(tensor.shape());
    }

    private static Tensor value(Map<String, Parameter> own, String name) {
        return Objects.requireNonNull(own.get(name), name).value();
    }
}
