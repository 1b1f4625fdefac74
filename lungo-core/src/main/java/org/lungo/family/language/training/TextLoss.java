package org.lungo.family.language.training;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lungo.model.LanguageModel;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;
import org.lungo.train.PartLosses;
import org.lungo.train.TokenLoss;

/**
 * How far a language model is from a text: the mean cross-entropy of its tokens, in nats, each predicted from those before it in
 * its window. The exponential of it is the perplexity.
 */
public record TextLoss(LanguageModel model) {
    private static final int TOKENS_AT_ONCE = 4096;

    /**
     * The loss on windows of {@code length} tokens.
     *
     * @param text INT32 [tokens]
     * @param starts the first token of each window; behind its last token there is another
     * @return FLOAT32, without axes
     */
    Tensor of(Tensor text, double labelSmoothing, int length, long... starts) {
        return of(text, labelSmoothing, length, starts, null);
    }

    private Tensor of(
            Tensor text, double labelSmoothing, int length, long[] starts, @Nullable Consumer<double[]> each) {
        Tensor places = Tensor.of(starts, starts.length, 1).add(Tensor.arange(length + 1L)); // [batch, length + 1]
        Tensor tokens = text.indexSelect(0, places.flatten(0, 1)) // [batch * (length + 1)]
                .to(DType.INT64)
                .reshape(starts.length, length + 1L); // [batch, length + 1]
        Tensor hidden = model.hidden(tokens.narrow(1, 0, length), null); // [batch, length, hidden]
        return new TokenLoss(model::logits, () -> Parameters.of(model).trainable(), model.vocabulary(), labelSmoothing)
                .of(hidden.flatten(0, 1), tokens.narrow(1, 1, length).reshape(-1), each);
    }

    /**
     * The loss on a whole text, cut into windows of the model's context that follow each other, or on windows that are
     * spread over it.
     *
     * @param text INT32 [tokens], two or more
     * @param maxTokens the maximum number of tokens to look at
     */
    public Lesson.Validation over(Tensor text, int context, long maxTokens, Mode mode) {
        double loss = loss(text, context, maxTokens, mode, null);
        return new Lesson.Validation(loss, Map.of("perplexity", Math.exp(loss)));
    }

    /** The loss on a whole text, in windows as above, and the losses of the windows. */
    Windowed windows(Tensor text, int context) {
        int length = length(text, context);
        PartLosses windows = new PartLosses(Math.toIntExact((text.size(0) - 1) / length));
        return new Windowed(loss(text, context, Long.MAX_VALUE, Mode.INFERENCE, windows), windows);
    }

    /** The loss on a text, and how it varies from window to window. */
    record Windowed(double loss, PartLosses windows) {}

    private static int length(Tensor text, int context) {
        return (int) Math.min(context, text.size(0) - 1);
    }

    private double loss(Tensor text, int context, long maxTokens, Mode mode, @Nullable PartLosses windows) {
        int length = length(text, context);
        long all = (text.size(0) - 1) / length;
        long count = Math.min(all, Math.max(1, maxTokens / length));
        int atOnce = Math.max(1, TOKENS_AT_ONCE / length);
        double sum = 0;
        for (long from = 0; from < count; from += atOnce) {
            long[] starts = new long[(int) Math.min(atOnce, count - from)];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = (from + i) * all / count * length;
            }
            try (Scope scope = Scope.open(mode)) {
                int first = (int) from;
                Consumer<double[]> each = windows == null ? null : found -> windows.add(first, length, found);
                sum += of(text, 0, length, starts, each).item() * starts.length;
            }
        }
        return sum / count;
    }
}
