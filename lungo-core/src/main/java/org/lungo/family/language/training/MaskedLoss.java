package org.lungo.family.language.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;
import org.lungo.train.TokenLoss;

/**
 * How far a model is from the masked tokens of a text: their mean cross-entropy, in nats. Its exponential is called the
 * perplexity, too, but compares with no other: the model sees both sides of a token, and only the masked ones count.
 */
public record MaskedLoss(MaskedLanguageModel model, Masking masking) {
    private static final int TOKENS_AT_ONCE = 4096;

    /** {@code [CLS]} and {@code [SEP]}. */
    static final int AROUND = 2;

    /**
     * How well the masked tokens of a text were predicted.
     *
     * @param loss the mean over them
     * @param tokens how many they were
     */
    public record Result(double loss, long tokens) {
        Lesson.Validation validation() {
            return new Lesson.Validation(loss, Map.of("perplexity", Math.exp(loss)));
        }
    }

    /** Windows of one length, with their masks. */
    private record Batch(List<Masking.Masked> windows) {
        long masked() {
            return windows.stream().mapToLong(window -> window.places().length).sum();
        }

        Tensor tokens() {
            int length = windows.get(0).shown().length;
            long[] tokens = windows.stream()
                    .flatMapToLong(window -> java.util.Arrays.stream(window.shown()))
                    .toArray();
            return Tensor.of(tokens, windows.size(), length); // [windows, length]
        }

        Tensor places() {
            int length = windows.get(0).shown().length;
            long[] places = new long[(int) masked()];
            int at = 0;
            for (int i = 0; i < windows.size(); i++) {
                for (int place : windows.get(i).places()) {
                    places[at++] = (long) i * length + place;
                }
            }
            return Tensor.of(places, places.length); // [masked]
        }

        Tensor targets() {
            long[] targets = windows.stream()
                    .flatMapToLong(window -> java.util.Arrays.stream(window.targets()))
                    .toArray();
            return Tensor.of(targets, targets.length); // [masked]
        }
    }

    /**
     * The loss on windows of a text.
     *
     * @param text INT32 [tokens]
     * @param length tokens in a window, without those around it
     * @param starts the first token of each window
     * @param random of the masks of each window
     * @return FLOAT32, without axes
     */
    Tensor of(Tensor text, double labelSmoothing, int length, long[] starts, LongFunction<Random> random) {
        return lossOf(batch(text, length, starts, random), labelSmoothing, null);
    }

    private Tensor lossOf(Batch batch, double labelSmoothing, @Nullable Consumer<double[]> each) {
        Tensor hidden = model.bert().hidden(batch.tokens(), null, null); // [windows, length, hidden]
        Tensor asked = hidden.flatten(0, 1).indexSelect(0, batch.places()); // [masked, hidden]
        return new TokenLoss(
                        model.head()::forward,
                        () -> Parameters.of(model).trainable(),
                        model.bert().config().vocabulary(),
                        labelSmoothing)
                .of(asked, batch.targets(), each);
    }

    private Batch batch(Tensor text, int length, long[] starts, LongFunction<Random> random) {
        List<Masking.Masked> windows = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            long[] tokens = text.narrow(0, starts[i], length).to(DType.INT64).toLongs();
            windows.add(masking.draw(tokens, random.apply(i)));
        }
        return new Batch(windows);
    }

    /**
     * The loss on a whole text, cut into windows of at most {@code context} tokens that follow each other, or on windows
     * that are spread over it. Masks depend on the place of a window alone, so that two models are asked for the same.
     *
     * @param text INT32 [tokens], one or more
     * @param maxTokens the maximum number of tokens to look at
     */
    public Result over(Tensor text, int context, long maxTokens, Mode mode) {
        return over(text, context, maxTokens, mode, null);
    }

    /**
     * The loss on a whole text, in windows as above.
     *
     * @param seen gets the windows, some at a time, with the loss of each masked token, in nats
     */
    Result over(Tensor text, int context, Seen seen) {
        return over(text, context, Long.MAX_VALUE, Mode.INFERENCE, seen);
    }

    /** How many windows a whole text is cut into. */
    static int windows(Tensor text, int context) {
        return Math.toIntExact(text.size(0) / length(text, context));
    }

    private static int length(Tensor text, int context) {
        return (int) Math.min(context - AROUND, text.size(0));
    }

    /** Receives the windows and their losses. */
    @FunctionalInterface
    interface Seen {
        /** The first of {@code windows} is number {@code first}; {@code each} has the losses of their masked tokens. */
        void windows(int first, List<Masking.Masked> windows, double[] each);
    }

    private Result over(Tensor text, int context, long maxTokens, Mode mode, @Nullable Seen seen) {
        int length = length(text, context);
        long all = text.size(0) / length;
        long count = Math.min(all, Math.max(1, maxTokens / length));
        int atOnce = Math.max(1, TOKENS_AT_ONCE / length);
        Random masks = Random.of(0).stream("validation");
        double sum = 0;
        long asked = 0;
        for (long from = 0; from < count; from += atOnce) {
            long[] starts = new long[(int) Math.min(atOnce, count - from)];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = (from + i) * all / count * length;
            }
            try (Scope scope = Scope.open(mode)) {
                Batch batch = batch(text, length, starts, i -> masks.stream("window", starts[(int) i]));
                int first = (int) from;
                Consumer<double[]> each = seen == null ? null : found -> seen.windows(first, batch.windows(), found);
                sum += lossOf(batch, 0, each).item() * batch.masked();
                asked += batch.masked();
            }
        }
        return new Result(sum / asked, asked);
    }
}
