package org.lungo.model;

import org.lungo.nn.Initializers;
import org.lungo.nn.Layer;
import org.lungo.nn.Linear;
import org.lungo.nn.Parameter;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * One dense layer for several networks: they share the weight, and each scales its inputs and outputs and adds a bias of
 * its own. Wen, Tran and Ba 2020, BatchEnsemble, arXiv:2002.06715; initialised as in TabM, arXiv:2410.24210, section 3.3:
 * only the first layer's input scales are random signs, all other scales start at 1.
 *
 * @param shared the common weight, [out, in]
 * @param inputScale [members, 1, in]
 * @param outputScale [members, 1, out]
 * @param bias [members, 1, out]
 */
public record EnsembleLinear(Linear shared, Parameter inputScale, Parameter outputScale, Parameter bias)
        implements Layer {
    /** {@code x}: [members or 1, rows, in]. Returns [members, rows, out]. */
    @Override
    public Tensor forward(Tensor x) {
        Tensor product = shared.forward(x.mul(inputScale.value())); // [members, rows, out]
        return product.mul(outputScale.value()).add(bias.value()); // [members, rows, out]
    }

    /** The number of weights that {@link #folded} has. */
    long foldedCount() {
        return shared.weight().value().elements() * bias.value().size(0);
    }

    /** The same layer with the scales multiplied into a weight for each member: one product instead of four operations. */
    MemberLinear folded() {
        Tensor weight = shared.weight().value().transpose(0, 1); // [in, out]
        Tensor folded = weight.mul(inputScale.value().transpose(1, 2)).mul(outputScale.value()); // [members, in, out]
        return new MemberLinear(Parameter.buffer(folded), Parameter.buffer(bias.value()));
    }

    static EnsembleLinear build(int members, int in, int out, boolean first, Random random) {
        Tensor scale = first
                ? Initializers.signs(random.stream("scale"), members, 1, in)
                : Tensor.ones(DType.FLOAT32, members, 1, in);
        return new EnsembleLinear(
                new Linear.Config(in, out, false).build(random.stream("weight")),
                Parameter.of(scale),
                Parameter.of(Tensor.ones(DType.FLOAT32, members, 1, out)),
                Parameter.of(Initializers.uniform(1 / Math.sqrt(in), random.stream("bias"), members, 1, out)));
    }
}
