package org.lungo.nn;

import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A dense layer that is not trained and a trained change of low rank: {@code y = base(x) + scale * x A^T B^T}. Hu et al.
 * 2021, LoRA, arXiv:2106.09685, section 4.1.
 *
 * @param base [..., in] to [..., out], frozen
 * @param a [rank, in]
 * @param b [out, rank], zero at the start, so that the layer starts as its base
 * @param scale the paper's alpha / rank
 * @param dropout the share of the change's inputs dropped in training
 */
public record LowRank(Linear base, Parameter a, Parameter b, double scale, double dropout) implements Layer {
    public LowRank {
        Check.positive("scale", scale);
        Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
    }

    /** {@code x}: [..., in]. Returns [..., out]. */
    @Override
    public Tensor forward(Tensor x) {
        Tensor low = x.dropout(dropout).linear(a.value(), null); // [..., rank]
        Tensor change = low.linear(b.value(), null); // [..., out]
        return base.forward(x).add(change.mul(scale)); // [..., out]
    }

    /** The rank of the change. */
    public int rank() {
        return (int) a.value().size(0);
    }

    /** One frozen dense layer that computes the same. */
    public Linear merged() {
        Tensor change = b.value().matmul(a.value()).mul(scale); // [out, in]
        Tensor weight = base.weight().value().add(change).detach(); // [out, in]
        return new Linear(
                Parameter.buffer(weight),
                base.bias() == null ? null : base.bias().frozen());
    }

    /**
     * The sizes of the change.
     *
     * @param alpha the paper's; the change is multiplied by alpha / rank
     */
    public record Config(int rank, double alpha, double dropout) {
        public Config {
            Check.positive("rank", rank);
            Check.positive("alpha", alpha);
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
        }

        /** Around {@code base}, whose memory is shared. A starts as PEFT has it, uniform in (-1/sqrt(in), 1/sqrt(in)). */
        public LowRank build(Linear base, Random random) {
            long out = base.weight().value().size(0);
            long in = base.weight().value().size(1);
            return new LowRank(
                    new Linear(
                            base.weight().frozen(),
                            base.bias() == null ? null : base.bias().frozen()),
                    Parameter.of(Initializers.uniform(1 / Math.sqrt(in), random.stream("a"), rank, in)),
                    Parameter.of(Tensor.zeros(DType.FLOAT32, out, rank)),
                    alpha / rank,
                    dropout);
        }
    }
}
