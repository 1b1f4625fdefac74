package org.lungo.family.language.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.model.Gpt;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Checkpoints;
import org.lungo.train.Lesson;
import org.lungo.train.Listener;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;
import org.lungo.train.Trainer;
import org.lungo.train.TrainingState;

class LanguageLessonTest {
    private static final int VOCABULARY = 5;
    private static final LanguageLesson.Sizes SIZES = new LanguageLesson.Sizes(4, 8, 10, 1000);

    @TempDir
    private Path folder;

    @Test
    void theFirstLossIsThatOfGuessing() {
        try (Scope scope = Scope.open()) {
            Lesson.Validation validation = lesson(model(), text(200)).validate(Mode.INFERENCE);
            assertThat(validation.loss()).isCloseTo(Math.log(VOCABULARY), within(0.1));
            assertThat(validation.metrics().get("perplexity")).isCloseTo(Math.exp(validation.loss()), within(1e-9));
        }
    }

    @Test
    void validationIsTheMeanOverTheWindowsOfTheText() {
        try (Scope scope = Scope.open()) {
            Gpt model = model();
            int[] text = text(8 * 3 + 1);
            double sum = 0;
            for (int window = 0; window < 3; window++) {
                long[] tokens = new long[8];
                for (int i = 0; i < 8; i++) {
                    tokens[i] = text[window * 8 + i];
                }
                try (Scope pass = Scope.inference()) {
                    double[] probabilities = model.forward(Tensor.of(tokens, 1, 8), null)
                            .softmax(-1)
                            .toDoubles();
                    for (int i = 0; i < 8; i++) {
                        sum -= Math.log(probabilities[i * VOCABULARY + text[window * 8 + i + 1]]);
                    }
                }
            }
            Tensor tokens = Tensor.of(text, text.length);
            LanguageLesson lesson = new LanguageLesson(model, tokens, tokens, SIZES, 0.1);
            assertThat(lesson.validate(Mode.INFERENCE).loss()).isCloseTo(sum / 24, within(1e-5));
        }
    }

    @Test
    void learnsATextThatRepeats() {
        try (Scope scope = Scope.open()) {
            LanguageLesson lesson = lesson(model(), text(2000));
            TrainingState state = new Trainer(lesson, config(12), Random.of(1)).fit(null, Listener.NONE);
            assertThat(state.best()).isLessThan(0.05);
        }
    }

    @Test
    void resumesBitForBit() {
        Map<String, double[]> whole = weights(6, null);
        Checkpoints checkpoints = new Checkpoints(folder);
        weights(3, checkpoints);
        Map<String, double[]> resumed = weights(6, checkpoints);
        assertThat(resumed.keySet()).isEqualTo(whole.keySet());
        whole.forEach((name, values) -> assertThat(resumed.get(name)).as(name).isEqualTo(values));
    }

    @Test
    void aTextThatIsTooShortIsRefused() {
        try (Scope scope = Scope.open()) {
            assertThatThrownBy(() -> lesson(model(), text(15)))
                    .hasMessage("the training text must have at least two windows of 8 tokens; take a smaller"
                            + " model.context or more text. Received: 15 tokens");
        }
    }

    private static Map<String, double[]> weights(int epochs, @Nullable Checkpoints checkpoints) {
        try (Scope scope = Scope.open()) {
            Gpt model = model();
            new Trainer(lesson(model, text(300)), config(epochs), Random.of(1)).fit(checkpoints, Listener.NONE);
            Map<String, double[]> values = new LinkedHashMap<>();
            Parameters.of(model).tensors().forEach((name, tensor) -> values.put(name, tensor.toDoubles()));
            return values;
        }
    }

    private static Gpt model() {
        return Gpt.Config.of(VOCABULARY, 8, 2, 2, 16, 0.1).build(Random.of(7));
    }

    private static LanguageLesson lesson(Gpt model, int... text) {
        Tensor tokens = Tensor.of(text, text.length);
        return new LanguageLesson(model, tokens, tokens, SIZES, 0);
    }

    /** 0 1 2 3 4 0 1 2 3 4 and so on. */
    private static int[] text(int length) {
        int[] text = new int[length];
        for (int i = 0; i < length; i++) {
            text[i] = i % VOCABULARY;
        }
        return text;
    }

    private static TrainConfig config(int epochs) {
        return new TrainConfig(
                epochs,
                new TrainConfig.Rate(0.01, ScheduleConfig.DEFAULTS),
                new OptimizerChoice(
                        OptimizerChoice.Type.ADAMW,
                        0,
                        false,
                        0.1,
                        List.of(0.9, 0.99),
                        1e-8,
                        OptimizerChoice.Constants.DEFAULTS),
                TrainConfig.EarlyStop.DEFAULTS,
                TrainConfig.More.DEFAULTS);
    }
}
