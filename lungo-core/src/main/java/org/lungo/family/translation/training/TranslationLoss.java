package org.lungo.family.translation.training;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lungo.model.Transformer;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;
import org.lungo.train.PartLosses;
import org.lungo.train.TokenLoss;

/**
 * How far a model is from translations: the mean cross-entropy of their tokens, in nats, each predicted from the text and the
 * tokens before it. The exponential of it is the perplexity.
 */
public record TranslationLoss(Transformer model) {
    /** The loss on a batch. Only states of tokens become logits: most of what the model computes is there. */
    Lesson.Outcome of(TokenPairs.Padded pairs, double labelSmoothing) {
        return of(pairs, labelSmoothing, null);
    }

    private Lesson.Outcome of(TokenPairs.Padded pairs, double labelSmoothing, @Nullable Consumer<double[]> each) {
        TokenPairs.Rows source = pairs.source();
        TokenPairs.Rows target = pairs.target();
        Transformer.Memory memory = model.encode(source.tokens(), source.kept());
        Tensor states = model.decode(target.tokens(), memory, null); // [batch, sequence, hidden]
        int count = target.places().length;
        Tensor predicted = states.flatten(0, 1).indexSelect(0, Tensor.of(target.places(), count)); // [tokens, hidden]
        TokenLoss loss = new TokenLoss(
                model::logits,
                () -> Parameters.of(model).trainable(),
                model.config().vocabulary(),
                labelSmoothing);
        return new Lesson.Outcome(loss.of(predicted, Tensor.of(target.next(), count), each), count);
    }

    /**
     * The loss on all pairs.
     *
     * @param batchTokens the maximum number of tokens of the translations of a batch, padding included
     */
    public Lesson.Validation over(TokenPairs pairs, int batchTokens, Mode mode) {
        return over(pairs, batchTokens, mode, null);
    }

    /** The same; {@code losses} gets the loss of each token by the number of its pair. */
    Lesson.Validation over(TokenPairs pairs, int batchTokens, Mode mode, @Nullable PartLosses losses) {
        double sum = 0;
        for (int[] places : pairs.buckets(batchTokens).inOrder()) {
            try (Scope scope = Scope.open(mode)) {
                Consumer<double[]> each =
                        losses == null ? null : found -> losses.add(places, pairs.targetTokens(places), found);
                Lesson.Outcome outcome = of(pairs.padded(places), 0, each);
                sum += outcome.loss().item() * outcome.examples();
            }
        }
        double loss = sum / pairs.targetTokens();
        return new Lesson.Validation(loss, Map.of("perplexity", Math.exp(loss)));
    }
}
