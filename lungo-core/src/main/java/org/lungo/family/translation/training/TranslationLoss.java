package org.lungo.family.translation.training;

import java.util.Map;
import org.lungo.model.Transformer;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;
import org.lungo.train.TokenLoss;

/**
 * How far a model is from translations: the mean cross-entropy of their tokens, in nats, each told from the text and the
 * tokens before it. The exponential of it is the perplexity.
 */
public record TranslationLoss(Transformer model) {
    /** The loss on a batch. Only states of tokens become logits: most of what the model computes is there. */
    Lesson.Outcome of(TokenPairs.Padded pairs, double labelSmoothing) {
        TokenPairs.Rows source = pairs.source();
        TokenPairs.Rows target = pairs.target();
        Transformer.Memory memory = model.encode(source.tokens(), source.kept());
        Tensor states = model.decode(target.tokens(), memory, null); // [batch, sequence, hidden]
        int count = target.places().length;
        Tensor told = states.flatten(0, 1).indexSelect(0, Tensor.of(target.places(), count)); // [tokens, hidden]
        TokenLoss loss = new TokenLoss(
                model::logits,
                () -> Parameters.of(model).trainable(),
                model.config().vocabulary(),
                labelSmoothing);
        return new Lesson.Outcome(loss.of(told, Tensor.of(target.next(), count)), count);
    }

    /**
     * The loss on all pairs.
     *
     * @param batchTokens the most tokens of the translations of a batch, padding included
     */
    public Lesson.Validation over(TokenPairs pairs, int batchTokens, Mode mode) {
        double sum = 0;
        for (int[] places : pairs.buckets(batchTokens).inOrder()) {
            try (Scope scope = Scope.open(mode)) {
                Lesson.Outcome outcome = of(pairs.padded(places), 0);
                sum += outcome.loss().item() * outcome.examples();
            }
        }
        double loss = sum / pairs.told();
        return new Lesson.Validation(loss, Map.of("perplexity", Math.exp(loss)));
    }
}
