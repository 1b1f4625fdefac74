package org.lungo.train;

import java.nio.DoubleBuffer;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lungo.loss.CrossEntropy;
import org.lungo.tensor.DType;
import org.lungo.tensor.PiecewiseMean;
import org.lungo.tensor.Tensor;

/**
 * The mean cross-entropy of tokens. Where the logits of all tokens together would take more than 32 MiB, they are computed
 * for some tokens at a time.
 *
 * @param head [tokens, width] to logits, [tokens, vocabulary]
 * @param parameters the parameters of the head, and perhaps others
 * @param vocabulary the number of different tokens
 * @param labelSmoothing the share of each target that is spread over all tokens
 */
public record TokenLoss(
        UnaryOperator<Tensor> head, Supplier<List<Tensor>> parameters, long vocabulary, double labelSmoothing) {
    /** FLOAT32 numbers in 32 MiB: larger memory comes with new pages each time, which take longer than the sums. */
    private static final long MAX_LOGITS = 8L << 20;

    /** Each piece adds to the gradient of the whole table of tokens, which many small pieces would do too often. */
    private static final long MIN_ROWS = 512;

    /** The numbers that the logits of some tokens take until gradients are known, about. */
    public static double kept(double tokens, int vocabulary) {
        double maxLogits = Math.max(MAX_LOGITS, (double) MIN_ROWS * vocabulary);
        return 3 * Math.min(maxLogits, tokens * vocabulary);
    }

    /**
     * The mean over some tokens.
     *
     * @param hidden what the model knows, [tokens, width]
     * @param targets the tokens, [tokens] INT64
     * @return FLOAT32, without axes
     */
    public Tensor of(Tensor hidden, Tensor targets) {
        return mean(hidden, targets, new CrossEntropy(null, labelSmoothing)::of);
    }

    /**
     * The mean over some tokens, and the cross-entropy of each, from the same logits.
     *
     * @param hidden what the model knows, [tokens, width]
     * @param targets the tokens, [tokens] INT64
     * @param each gets the cross-entropy of each token, in nats, [tokens]; null when nobody asks
     * @return FLOAT32, without axes: the same bits with and without {@code each}
     */
    public Tensor of(Tensor hidden, Tensor targets, @Nullable Consumer<double[]> each) {
        if (each == null) {
            return of(hidden, targets);
        }
        CrossEntropy loss = new CrossEntropy(null, labelSmoothing);
        DoubleBuffer all = DoubleBuffer.allocate(Math.toIntExact(hidden.size(0)));
        Tensor mean = mean(hidden, targets, (logits, some) -> {
            all.put(loss.each(logits, some).toDoubles()); // pieces come in order
            return loss.of(logits, some);
        });
        each.accept(all.array());
        return mean;
    }

    private Tensor mean(Tensor hidden, Tensor targets, BinaryOperator<Tensor> loss) {
        long tokens = hidden.size(0);
        if (tokens * vocabulary <= MAX_LOGITS || tokens <= MIN_ROWS) {
            return loss.apply(wide(head.apply(hidden)), targets);
        }
        long rows = Math.max(MIN_ROWS, MAX_LOGITS / 2 / vocabulary);
        return PiecewiseMean.of(
                hidden,
                parameters.get(),
                rows,
                (some, from) -> loss.apply(wide(head.apply(some)), targets.narrow(0, from, some.size(0))));
    }

    private static Tensor wide(Tensor logits) {
        return logits.dtype() == DType.FLOAT32 ? logits : logits.to(DType.FLOAT32);
    }
}
