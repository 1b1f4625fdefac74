package org.lungo.family.language.training;

import java.util.Map;
import org.lungo.evaluate.Direction;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Check;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;

/**
 * A text in which masked tokens are predicted from those around them, as BERT is pre-trained. The text is cut into
 * windows as in {@link LanguageLesson}; every window is masked anew when it is drawn again, as in Liu et al. 2019,
 * arXiv:1907.11692, section 4.1. Windows may hold the end of one document and the beginning of the next, with {@code [SEP]}
 * between them (section 4.2, FULL-SENTENCES).
 *
 * @param train INT32 [tokens]
 * @param validation INT32 [tokens], another part of the text, whose masks are always the same
 * @param labelSmoothing the share of each target that is spread over all tokens, in training alone
 */
public record MaskedLesson(
        MaskedLanguageModel model,
        Masking masking,
        Tensor train,
        Tensor validation,
        LanguageLesson.Sizes sizes,
        double labelSmoothing)
        implements Lesson {
    /** Checks that the text is long enough. */
    public MaskedLesson {
        Check.that(
                sizes.context() <= model.bert().context(),
                "windows must have at most the model's context of "
                        + model.bert().context(),
                sizes.context());
        Check.that(
                sizes.context() > MaskedLoss.AROUND,
                "windows must have at least 3 tokens: [CLS], one of the text and [SEP]",
                sizes.context());
        Check.that(
                train.size(0) >= 2L * sizes.context(),
                "the training text must have at least two windows of " + sizes.context()
                        + " tokens; take a smaller model.context or more text",
                train.size(0) + " tokens");
        Check.that(
                validation.size(0) >= 1,
                "the validation text must have a token; take more text, or a larger data.validation",
                validation.size(0));
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
        return sizes.steps() > 0 ? sizes.steps() : Math.max(1, Windows.count(train.size(0), length()) / sizes.batch());
    }

    @Override
    public Epoch epoch(int number, Random random) {
        Windows windows = new Windows(train.size(0), length(), random);
        Random masks = random.stream("masks", number);
        MaskedLoss loss = new MaskedLoss(model, masking);
        long first = (number - 1) * examples();
        return index -> {
            long[] starts = new long[sizes.batch()];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = windows.start(first + (long) index * sizes.batch() + i);
            }
            Random batch = masks.stream("batch", index);
            return new Outcome(
                    loss.of(train, labelSmoothing, length(), starts, i -> batch.stream("window", i)), sizes.batch());
        };
    }

    @Override
    public Map<String, Direction> monitors() {
        return LanguageLesson.MONITORS;
    }

    @Override
    public Validation validate(Mode mode) {
        return new MaskedLoss(model, masking)
                .over(validation, sizes.context(), sizes.validationTokens(), mode)
                .validation();
    }

    private int length() {
        return sizes.context() - MaskedLoss.AROUND;
    }
}
