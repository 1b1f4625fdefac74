package org.lungo.train;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.lungo.loss.CrossEntropy;
import org.lungo.tensor.DType;
import org.lungo.tensor.PiecewiseMean;
import org.lungo.tensor.Tensor;

/**
 * The mean cross-entropy of tokens. Where the logits of all tokens together would take more than 32 MiB, they are computed
 * for some tokens at a time.
 *
 * @param head [tokens, width] to logits, [tokens, vocabulary]
 * @param parameters those of the head, and perhaps others
 * @param vocabulary the number of different tokens
 * @param labelSmoothing the share of each target that is spread over all tokens
 */
public record TokenLoss(
        UnaryOperator<Tensor> head, Supplier<List<Tensor>> parameters, long vocabulary, double labelSmoothing) {
    /** FLOAT32 numbers in 32 MiB: larger memory comes with new pages each time, which take longer than the sums. */
    private static final long MOST_LOGITS = 8L << 20;

    /** Each piece adds to the gradient of the whole table of tokens, which many small pieces would do too often. */
    private static final long LEAST_ROWS = 512;

    /**
     * The mean over some tokens.
     *
     * @param hidden what the model knows, [tokens, width]
     * @param targets the tokens, [tokens] INT64
     * @return FLOAT32, without axes
     */
    public Tensor of(Tensor hidden, Tensor targets) {
        CrossEntropy loss = new CrossEntropy(null, labelSmoothing);
        long tokens = hidden.size(0);
        if (tokens * vocabulary <= MOST_LOGITS || tokens <= LEAST_ROWS) {
            return loss.of(wide(head.apply(hidden)), targets);
        }
        long rows = Math.max(LEAST_ROWS, MOST_LOGITS / 2 / vocabulary);
        return PiecewiseMean.of(
                hidden,
                parameters.get(),
                rows,
                (some, from) -> loss.of(wide(head.apply(some)), targets.narrow(0, from, some.size(0))));
    }

    private static Tensor wide(Tensor logits) {
        return logits.dtype() == DType.FLOAT32 ? logits : logits.to(DType.FLOAT32);
    }
}
