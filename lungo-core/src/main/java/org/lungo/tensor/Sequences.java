package org.lungo.tensor;

import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The operations of networks over sequences of tokens or steps. */
public sealed interface Sequences permits Tensor {
    /** {@link #embeddingBag} divides by the number of entries. */
    int MEAN = 1;

    /**
     * Rows of this table [entries, width] by number: indices [...] INT64 or INT32. Returns [..., width].
     *
     * @param padding the entry that gets no gradient
     */
    default Tensor embedding(Tensor indices, long padding) {
        return Op.binary("embedding", (Tensor) this, indices, (x, i) -> torch.embedding(x, i, padding, false, false));
    }

    /**
     * The mean of the rows of this table [entries, width] that each row of {@code indices} [rows, length] names, without
     * those that are {@code padding}; 0 when there are no others. Needs no memory for the single vectors.
     *
     * @return [rows, width]
     */
    default Tensor embeddingBag(Tensor indices, long padding) {
        Tensor self = (Tensor) this;
        long length = indices.size(1);
        Tensor flat = indices.reshape(-1);
        Tensor starts = Tensor.arange(indices.size(0))
                .mul(Tensor.full(length, DType.INT64))
                .to(indices.dtype());
        try (LongOptional skipped = new LongOptional(padding);
                var bags = torch.embedding_bag(
                        self.handle(),
                        flat.handle(),
                        starts.handle(),
                        false,
                        MEAN,
                        false,
                        Op.NO_TENSOR,
                        false,
                        skipped);
                org.bytedeco.pytorch.Tensor borrowed = bags.get0()) {
            return new Tensor(new org.bytedeco.pytorch.Tensor(borrowed));
        } catch (RuntimeException e) {
            throw NativeFailure.of("embeddingBag", e, self, indices);
        }
    }

    /**
     * For each place of a sequence the products of the places around it with {@code weight}; zeros stand before its first and
     * after its last place (one more after it when the width is even), so that the length stays: [rows, in, length], weight
     * [out, in, width], bias [out] or null.
     *
     * @return [rows, out, length]
     */
    default Tensor convolution1d(Tensor weight, @Nullable Tensor bias) {
        Tensor self = (Tensor) this;
        long width = weight.size(2);
        Tensor answer = FastPath.CONVOLUTION.isOpenFor(self)
                ? NativeConvolution.of(self, weight, bias)
                : WindowProducts.convolution1d(self, weight, bias); // [rows, out, length], one longer for an even width
        return width % 2 == 1 ? answer : answer.narrow(2, 1, answer.size(2) - 1);
    }

    /**
     * A long short-term memory over the first {@code lengths} steps of each row: [rows, steps, in]. Hochreiter and
     * Schmidhuber 1997, Neural Computation 9(8), with the forget gate of Gers, Schmidhuber and Cummins 2000.
     *
     * @param lengths INT64 [rows], each from 1 to the number of steps
     * @param weights for each layer and direction: input [4 hidden, in], state [4 hidden, hidden], and their biases
     * @return the state after each step, 0 after a row's last one: [rows, steps, directions * hidden]
     */
    default Tensor lstm(Tensor lengths, List<Tensor> weights, boolean bidirectional) {
        return PackedSteps.run(
                "lstm", (Tensor) this, lengths, weights, bidirectional, (steps, start, parameters, layers) -> {
                    TensorVector states = new TensorVector(start, start);
                    return torch.lstm(
                                    steps.data(),
                                    steps.batch_sizes(),
                                    states,
                                    parameters,
                                    true,
                                    layers,
                                    0,
                                    true,
                                    bidirectional)
                            .get0();
                });
    }

    /**
     * Gated recurrent units over the first {@code lengths} steps of each row. Cho et al. 2014, arXiv:1406.1078, in the form
     * of PyTorch and cuDNN, where the reset gate is multiplied with the state's product.
     *
     * @param weights for each layer and direction: input [3 hidden, in], state [3 hidden, hidden], and their biases
     * @return as {@link #lstm}
     */
    default Tensor gru(Tensor lengths, List<Tensor> weights, boolean bidirectional) {
        return PackedSteps.run(
                "gru",
                (Tensor) this,
                lengths,
                weights,
                bidirectional,
                (steps, start, parameters, layers) -> torch.gru(
                                steps.data(),
                                steps.batch_sizes(),
                                start,
                                parameters,
                                true,
                                layers,
                                0,
                                true,
                                bidirectional)
                        .get0());
    }
}
