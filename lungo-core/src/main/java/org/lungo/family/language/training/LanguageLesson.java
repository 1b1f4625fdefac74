package org.lungo.family.language.training;

import java.util.Map;
import org.lungo.evaluate.Direction;
import org.lungo.model.LanguageModel;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Check;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;

/**
 * A text in which each token is predicted from those before it. The text is cut into windows, which are drawn in a new
 * order, and cut at new places, in every pass; an epoch is a whole pass, or a number of steps after which the model is
 * validated.
 *
 * @param train INT32 [tokens]
 * @param validation INT32 [tokens], another part of the text
 * @param labelSmoothing the share of each target that is spread over all tokens, in training alone
 */
public record LanguageLesson(LanguageModel model, Tensor train, Tensor validation, Sizes sizes, double labelSmoothing)
        implements Lesson {
    /** What is measured of language models besides the loss. */
    public static final Map<String, Direction> MONITORS = Map.of("perplexity", Direction.LOWER);

    /** Checks that the text is long enough. */
    public LanguageLesson {
        Check.that(
                sizes.context() <= model.context(),
                "windows must have at most the model's context of " + model.context(),
                sizes.context());
        Check.that(
                train.size(0) >= 2L * sizes.context(),
                "the training text must have at least two windows of " + sizes.context()
                        + " tokens; take a smaller model.context or more text",
                train.size(0) + " tokens");
        Check.that(
                validation.size(0) >= 2,
                "the validation text must have two tokens or more; take more text, or a larger data.validation",
                validation.size(0));
    }

    /**
     * How the text is cut.
     *
     * @param batch windows in a batch
     * @param context tokens in a window
     * @param steps batches in an epoch; 0 for a pass over the whole text
     * @param validationTokens the maximum number of tokens to validate on
     */
    public record Sizes(int batch, int context, int steps, long validationTokens) {
        public Sizes {
            Check.positive("batch", batch);
            Check.positive("context", context);
            Check.that(steps >= 0, "steps must be at least 0", steps);
            Check.that(validationTokens > 0, "validation tokens must be at least 1", validationTokens);
        }
    }

    @Override
    public Parameters parameters() {
        return Parameters.of(model);
    }

    @Override
    public long examples() {
        return batches() * sizes.batch();
    }

    @Override
    public long batches() {
        return sizes.steps() > 0
                ? sizes.steps()
                : Math.max(1, Windows.count(train.size(0), sizes.context()) / sizes.batch());
    }

    @Override
    public Epoch epoch(int number, Random random) {
        Windows windows = new Windows(train.size(0), sizes.context(), random);
        TextLoss loss = new TextLoss(model);
        long first = (number - 1) * examples();
        return index -> {
            long[] starts = new long[sizes.batch()];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = windows.start(first + (long) index * sizes.batch() + i);
            }
            return new Outcome(loss.of(train, labelSmoothing, sizes.context(), starts), sizes.batch());
        };
    }

    @Override
    public Map<String, Direction> monitors() {
        return MONITORS;
    }

    @Override
    public Validation validate(Mode mode) {
        return new TextLoss(model).over(validation, sizes.context(), sizes.validationTokens(), mode);
    }
}
