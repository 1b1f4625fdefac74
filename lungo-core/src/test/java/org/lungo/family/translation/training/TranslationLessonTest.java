package org.lungo.family.translation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.lungo.model.Transformer;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.Lesson;

class TranslationLessonTest {
    private static final int END = 2;

    /** The mean over the tokens of a batch is the mean over its pairs, each alone and without padding. */
    @Test
    void paddingCostsNothing() {
        try (Scope scope = Scope.inference()) {
            TranslationLoss loss = new TranslationLoss(model());
            TokenPairs pairs = reversed(1, 6);
            double sum = 0;
            for (int i = 0; i < pairs.size(); i++) {
                Lesson.Outcome alone = loss.of(pairs.padded(i), 0.1);
                sum += alone.loss().item() * alone.examples();
            }
            Lesson.Outcome together = loss.of(pairs.padded(0, 1, 2, 3, 4, 5), 0.1);
            assertThat(together.examples()).isEqualTo(pairs.targetTokens());
            assertThat(together.loss().item()).isCloseTo(sum / pairs.targetTokens(), within(1e-5));
        }
    }

    @Test
    void validatesWithoutSmoothingOnEveryPair() {
        try (Scope scope = Scope.inference()) {
            Transformer model = model();
            TokenPairs pairs = reversed(2, 20);
            TranslationLesson lesson = new TranslationLesson(model, pairs, pairs, 12, 0.3, null);
            int[] all = java.util.stream.IntStream.range(0, 20).toArray();
            double expected =
                    new TranslationLoss(model).of(pairs.padded(all), 0).loss().item();
            Lesson.Validation validation = lesson.validate(Mode.INFERENCE);
            assertThat(validation.loss()).isCloseTo(expected, within(1e-5));
            assertThat(validation.metrics().get("perplexity")).isCloseTo(Math.exp(expected), within(1e-3));
        }
    }

    @Test
    void anEpochTellsEveryTokenOnce() {
        try (Scope scope = Scope.training(1)) {
            TokenPairs pairs = reversed(3, 30);
            TranslationLesson lesson = new TranslationLesson(model(), pairs, pairs, 16, 0, null);
            Lesson.Epoch epoch = lesson.epoch(1, Random.of(1));
            long examples = 0;
            for (int i = 0; i < lesson.batches(); i++) {
                long batch = epoch.batch(i).examples();
                assertThat(batch).isBetween(1L, 16L);
                examples += batch;
            }
            assertThat(examples).isEqualTo(lesson.examples()).isEqualTo(pairs.targetTokens());
        }
    }

    @Test
    void refusesWhatDoesNotBelongTogether() {
        assertThatThrownBy(() -> new TokenPairs(List.of(new int[1]), List.of())).hasMessageContaining("1 and 0");
        try (Scope scope = Scope.open()) {
            TokenPairs none = new TokenPairs(List.of(), List.of());
            Transformer model = model();
            assertThatThrownBy(() -> new TranslationLesson(model, none, reversed(1, 1), 8, 0, null))
                    .hasMessageContaining("to train on");
            assertThatThrownBy(() -> new TranslationLesson(model, reversed(1, 1), none, 8, 0, null))
                    .hasMessageContaining("to validate on");
        }
    }

    private static Transformer model() {
        return Transformer.Config.of(9, 12, 1, 2, 8, 16).build(Random.of(1));
    }

    private static TokenPairs reversed(long seed, int count) {
        RandomGenerator generator = Random.of(seed).generator();
        List<int[]> sources = new ArrayList<>();
        List<int[]> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = 1 + generator.nextInt(5);
            int[] source = new int[length + 1];
            int[] target = new int[length + 2];
            target[0] = 1;
            for (int j = 0; j < length; j++) {
                source[j] = 3 + generator.nextInt(6);
                target[length - j] = source[j];
            }
            source[length] = END;
            target[length + 1] = END;
            sources.add(source);
            targets.add(target);
        }
        return new TokenPairs(sources, targets);
    }
}
