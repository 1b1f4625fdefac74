package org.lungo.family.language.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.model.Bert;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Lesson;

class MaskedLessonTest {
    private static final String TEXT = "one two three four five six seven eight nine ten ".repeat(40);
    private static final Tokenizer TOKENIZER = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, 100)
            .train(List.of(TEXT).iterator());

    @Test
    void drawsTheSameForAnEpochAndABatchInAnyOrder() {
        try (Scope scope = Scope.open()) {
            MaskedLesson lesson = lesson(new LanguageLesson.Sizes(3, 12, 5, 1000));
            assertThat(lesson.batches()).isEqualTo(5);
            assertThat(lesson.examples()).isEqualTo(15);
            double second = loss(lesson, 2, 3);
            assertThat(loss(lesson, 1, 0)).isNotEqualTo(loss(lesson, 1, 1)).isNotEqualTo(second);
            assertThat(loss(lesson, 2, 3)).isEqualTo(second);
            assertThat(lesson(new LanguageLesson.Sizes(3, 12, 0, 1000)).batches())
                    .isEqualTo((lesson.train().size(0) - 10) / 10 / 3);
        }
    }

    /** Fresh weights are as good as guessing, and always asked for the same tokens. */
    @Test
    void validatesOnTheSameMasks() {
        try (Scope scope = Scope.open()) {
            MaskedLesson lesson = lesson(new LanguageLesson.Sizes(3, 12, 5, 1000));
            Lesson.Validation first = lesson.validate(Mode.INFERENCE);
            assertThat(lesson.validate(Mode.INFERENCE)).isEqualTo(first);
            assertThat(first.loss()).isCloseTo(Math.log(TOKENIZER.size()), within(0.1));
            assertThat(first.metrics().get("perplexity")).isCloseTo(Math.exp(first.loss()), within(1e-9));
            MaskedLoss loss = new MaskedLoss(lesson.model(), lesson.masking());
            // ten tokens in a window: one and a half are asked for, rounded to two, whole words permitting
            assertThat(loss.over(lesson.validation(), 12, Long.MAX_VALUE, Mode.INFERENCE)
                            .tokens())
                    .isBetween(
                            lesson.validation().size(0) / 10,
                            2 * lesson.validation().size(0) / 10);
            assertThat(loss.over(lesson.validation().narrow(0, 0, 1), 12, 10, Mode.INFERENCE)
                            .tokens())
                    .isEqualTo(1);
        }
    }

    @Test
    void refusesTextsThatAreTooShort() {
        try (Scope scope = Scope.open()) {
            assertThatThrownBy(() -> lesson(new LanguageLesson.Sizes(3, 17, 5, 1000)))
                    .hasMessage("windows must have at most the model's context of 16. Received: 17");
            assertThatThrownBy(() -> lesson(new LanguageLesson.Sizes(3, 2, 5, 1000)))
                    .hasMessage("windows must have at least 3 tokens: [CLS], one of the text and [SEP]. Received: 2");
            MaskedLesson fine = lesson(new LanguageLesson.Sizes(3, 12, 5, 1000));
            assertThatThrownBy(() -> new MaskedLesson(
                            fine.model(),
                            fine.masking(),
                            fine.train().narrow(0, 0, 20),
                            fine.validation(),
                            fine.sizes(),
                            0))
                    .hasMessage("the training text must have at least two windows of 12 tokens; take a smaller"
                            + " model.context or more text. Received: 20 tokens");
            assertThatThrownBy(() -> new MaskedLesson(
                            fine.model(),
                            fine.masking(),
                            fine.train(),
                            fine.train().narrow(0, 0, 0),
                            fine.sizes(),
                            0))
                    .hasMessage("the validation text must have a token; take more text, or a larger data.validation."
                            + " Received: 0");
        }
    }

    private static MaskedLesson lesson(LanguageLesson.Sizes sizes) {
        int[] ids = TOKENIZER.encode(TEXT);
        int train = ids.length - 60;
        MaskedLanguageModel model =
                MaskedLanguageModel.build(Bert.Config.of(TOKENIZER.size(), 16, 1, 2, 16, 0), Random.of(1));
        return new MaskedLesson(
                model,
                Masking.of(TOKENIZER),
                Tensor.of(Arrays.copyOf(ids, train), train),
                Tensor.of(Arrays.copyOfRange(ids, train, ids.length), 60),
                sizes,
                0);
    }

    private static double loss(MaskedLesson lesson, int epoch, int batch) {
        try (Scope scope = Scope.inference()) {
            return lesson.epoch(epoch, Random.of(7)).batch(batch).loss().item();
        }
    }
}
