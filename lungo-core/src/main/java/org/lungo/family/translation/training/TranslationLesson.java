package org.lungo.family.translation.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.lungo.evaluate.Direction;
import org.lungo.model.Transformer;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Check;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.Lesson;

/**
 * Translations of which each token is predicted from the text and the tokens before it (teacher forcing), in batches of
 * similar length. An example is a predicted token.
 *
 * @param batchTokens the maximum number of tokens of the translations of a batch, padding included
 * @param labelSmoothing the share of each target that is spread over all tokens, in training alone. Vaswani et al. 2017,
 *     arXiv:1706.03762, section 5.4
 * @param bleu the score of the model's own translations of texts to validate on, asked after each epoch; null where nobody
 *     monitors it, since writing takes longer than reading
 */
public record TranslationLesson(
        Transformer model,
        TokenPairs train,
        TokenPairs validation,
        int batchTokens,
        double labelSmoothing,
        @Nullable DoubleSupplier bleu)
        implements Lesson {
    /** The metric of the model's own translations. */
    public static final String BLEU = "bleu";

    /** What can be measured besides the loss; BLEU where it is the monitor. */
    public static final Map<String, Direction> MONITORS = Map.of("perplexity", Direction.LOWER, BLEU, Direction.HIGHER);

    /** Checks that there is something to learn from. */
    public TranslationLesson {
        Check.that(train.size() > 0, "expected at least one pair to train on", "none");
        Check.that(validation.size() > 0, "expected at least one pair to validate on", "none");
        Check.positive("batchTokens", batchTokens);
    }

    @Override
    public Parameters parameters() {
        return Parameters.of(model);
    }

    @Override
    public long examples() {
        return train.targetTokens();
    }

    @Override
    public long batches() {
        return train.buckets(batchTokens).batches();
    }

    @Override
    public Epoch epoch(int number, Random random) {
        List<int[]> batches = train.buckets(batchTokens).epoch(random.stream("pairs", number));
        TranslationLoss loss = new TranslationLoss(model);
        return index -> loss.of(train.padded(batches.get(index)), labelSmoothing);
    }

    @Override
    public Map<String, Direction> monitors() {
        return MONITORS;
    }

    @Override
    public Validation validate(Mode mode) {
        Validation read = new TranslationLoss(model).over(validation, batchTokens, mode);
        if (bleu == null) {
            return read;
        }
        Map<String, Double> metrics = new LinkedHashMap<>(read.metrics());
        try (Scope scope = Scope.open(mode)) {
            metrics.put(BLEU, bleu.getAsDouble());
        }
        return new Validation(read.loss(), metrics);
    }
}
