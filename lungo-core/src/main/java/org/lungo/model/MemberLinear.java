package org.lungo.model;

import org.lungo.nn.Initializers;
import org.lungo.nn.Layer;
import org.lungo.nn.Parameter;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A dense layer of its own for each of several networks, computed as one batched product.
 *
 * @param weight [members, in, out]
 * @param bias [members, 1, out]
 */
public record MemberLinear(Parameter weight, Parameter bias) implements Layer {
    /** {@code x}: [members or 1, rows, in]. Returns [members, rows, out]. */
    @Override
    public Tensor forward(Tensor x) {
        Tensor w = weight.value();
        Tensor each = x.size(0) == w.size(0) ? x : x.expand(w.size(0), -1, -1); // [members, rows, in]
        return each.batchLinear(w, bias.value());
    }

    static MemberLinear build(int members, int in, int out, Random random) {
        double bound = 1 / Math.sqrt(in);
        return new MemberLinear(
                Parameter.of(Initializers.uniform(bound, random.stream("weight"), members, in, out)),
                Parameter.of(Initializers.uniform(bound, random.stream("bias"), members, 1, out)));
    }
}
