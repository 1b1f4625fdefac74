package org.lungo.tensor;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The operations of neural networks. */
public sealed interface Neural permits Tensor {
    /** Matrix product of the last two axes; the axes before them broadcast. */
    default Tensor matmul(Tensor other) {
        Tensor self = (Tensor) this;
        if (HalfProducts.areWrong(self, other)) {
            return HalfProducts.of(self, other, null, (x, y, none) -> x.matmul(y));
        }
        return Op.binary("matmul", self, other, (x, y) -> x.matmul(y));
    }

    /** {@code this * weight^T + bias}: [..., in], weight [out, in], bias [out] or null. Returns [..., out]. */
    default Tensor linear(Tensor weight, @Nullable Tensor bias) {
        Tensor self = (Tensor) this;
        if (HalfProducts.areWrong(self, weight)) {
            return HalfProducts.of(self, weight, bias, Tensor::linear);
        }
        if (OneDnnLinear.suits(self, weight, bias)) {
            return OneDnnLinear.of(self, weight, bias);
        }
        try {
            if (bias == null) {
                return new Tensor(torch.linear(self.handle(), weight.handle()));
            }
            return new Tensor(torch.linear(self.handle(), weight.handle(), bias.handle()));
        } catch (RuntimeException e) {
            throw NativeFailure.of("linear", e, self, weight);
        }
    }

    /** {@code bias + this x other} for a batch of matrices: [b, n, k], other [b, k, m], bias broadcast to [b, n, m]. */
    default Tensor batchLinear(Tensor other, Tensor bias) {
        Tensor self = (Tensor) this;
        return Op.binary("batchLinear", self, other, (x, y) -> torch.baddbmm(bias.handle(), x, y));
    }

    /** max(x, 0). */
    default Tensor relu() {
        return Op.unary("relu", (Tensor) this, org.bytedeco.pytorch.Tensor::relu);
    }

    /** x for x above 0, {@code slope * x} below. */
    default Tensor leakyRelu(double slope) {
        try (Scalar scalar = new Scalar(slope)) {
            return Op.unary("leakyRelu", (Tensor) this, x -> torch.leaky_relu(x, scalar));
        }
    }

    /** x times the standard normal distribution function of x. Hendrycks and Gimpel 2016, arXiv:1606.08415. */
    default Tensor gelu() {
        return Op.unary("gelu", (Tensor) this, torch::gelu);
    }

    /** {@link #gelu()} approximated by tanh: x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))), as GPT-2 has it. */
    default Tensor geluTanh() {
        return Op.unary("geluTanh", (Tensor) this, x -> torch.gelu(x, "tanh"));
    }

    /** x * sigmoid(x). */
    default Tensor silu() {
        return Op.unary("silu", (Tensor) this, torch::silu);
    }

    /** x for x above 0, {@code e^x - 1} below. */
    default Tensor elu() {
        return Op.unary("elu", (Tensor) this, torch::elu);
    }

    /** log(1 + e^x). */
    default Tensor softplus() {
        return Op.unary("softplus", (Tensor) this, torch::softplus);
    }

    /** x * tanh(softplus(x)). */
    default Tensor mish() {
        return Op.unary("mish", (Tensor) this, torch::mish);
    }

    /** Hyperbolic tangent. */
    default Tensor tanh() {
        return Op.unary("tanh", (Tensor) this, org.bytedeco.pytorch.Tensor::tanh);
    }

    /** 1 / (1 + e^-x). */
    default Tensor sigmoid() {
        return Op.unary("sigmoid", (Tensor) this, org.bytedeco.pytorch.Tensor::sigmoid);
    }

    /** Exponentials that sum to 1 along {@code axis}. */
    default Tensor softmax(int axis) {
        return Op.unary("softmax", (Tensor) this, x -> x.softmax(axis));
    }

    /** The logarithm of {@link #softmax(int)}. */
    default Tensor logSoftmax(int axis) {
        return Op.unary("logSoftmax", (Tensor) this, x -> torch.log_softmax(x, axis));
    }

    /** Zero with probability {@code rate}, else divided by {@code 1 - rate}; the tensor itself outside training. */
    default Tensor dropout(double rate) {
        Tensor self = (Tensor) this;
        if (rate == 0 || !Scope.isTraining()) {
            return self;
        }
        Scope.seedDropout();
        return Op.unary("dropout", self, x -> torch.dropout(x, rate, true));
    }

    /** Mean 0 and variance 1 over the last axis, then scaled and shifted. Ba et al. 2016, arXiv:1607.06450. */
    default Tensor layerNorm(Tensor weight, Tensor bias, double epsilon) {
        Tensor self = (Tensor) this;
        try (TensorOptional scale = Op.optional(weight);
                TensorOptional shift = Op.optional(bias)) {
            return new Tensor(torch.layer_norm(self.handle(), weight.shape(), scale, shift, epsilon, false));
        } catch (RuntimeException e) {
            throw NativeFailure.of("layerNorm", e, self, weight);
        }
    }

    /** Divided by the root of the mean square over the last axis, then scaled. Zhang and Sennrich 2019, arXiv:1910.07467. */
    default Tensor rmsNorm(Tensor weight, double epsilon) {
        Tensor self = (Tensor) this;
        try (TensorOptional scale = Op.optional(weight);
                DoubleOptional floor = new DoubleOptional(epsilon)) {
            return new Tensor(torch.rms_norm(self.handle(), weight.shape(), scale, floor));
        } catch (RuntimeException e) {
            throw NativeFailure.of("rmsNorm", e, self, weight);
        }
    }

    /**
     * {@code softmax(this * keys^T / sqrt(width)) * values}, this tensor being the queries [batch, heads, queries, width].
     * With fewer heads of keys than of queries, neighbouring heads of queries share one: Ainslie et al. 2023,
     * arXiv:2305.13245. Vaswani et al. 2017, arXiv:1706.03762, section 3.2.1; computed block by block without keeping the
     * scores (Dao et al. 2022, arXiv:2205.14135), in FLOAT32 on a CPU also where products are computed in BFLOAT16. In
     * training on a CPU weights of up to 32 MiB are kept, for then gradients come sooner.
     *
     * @param keys [batch, key heads, keys, width]
     * @param values [batch, key heads, keys, width]
     * @param mask broadcast to [batch, heads, queries, keys]: BOOL, true where a query sees a key, or numbers that are added
     *     to the scores; or null
     * @param causal whether query i sees only the keys 0 to i; then there is no mask
     * @param dropout the share of weights dropped in training; above 0 the scores are kept in memory
     * @return [batch, heads, queries, width]
     */
    default Tensor attention(Tensor keys, Tensor values, @Nullable Tensor mask, boolean causal, double dropout) {
        return FusedAttention.of((Tensor) this, keys, values, mask, causal, dropout);
    }

    /**
     * Mean 0 and variance 1 over the batch, then scaled and shifted: [batch, features] or [batch, features, ...].
     * In training the batch's own statistics are used and {@code mean} and {@code variance} move towards them by
     * {@code momentum}; else those two are used, and for a batch with one value per feature, which has no variance.
     * Ioffe and Szegedy 2015, arXiv:1502.03167.
     */
    default Tensor batchNorm(
            Tensor weight, Tensor bias, Tensor mean, Tensor variance, double momentum, double epsilon) {
        Tensor self = (Tensor) this;
        boolean training = Scope.isTraining() && self.elements() > weight.elements();
        try (TensorOptional scale = Op.optional(weight);
                TensorOptional shift = Op.optional(bias);
                TensorOptional runningMean = Op.optional(mean);
                TensorOptional runningVariance = Op.optional(variance)) {
            return new Tensor(torch.batch_norm(
                    self.handle(), scale, shift, runningMean, runningVariance, training, momentum, epsilon, false));
        } catch (RuntimeException e) {
            throw NativeFailure.of("batchNorm", e, self, weight);
        }
    }

    /** Rows of this table [entries, width] by number: indices [...] INT64. Returns [..., width]. */
    default Tensor embedding(Tensor indices) {
        return Op.binary("embedding", (Tensor) this, indices, torch::embedding);
    }
}
