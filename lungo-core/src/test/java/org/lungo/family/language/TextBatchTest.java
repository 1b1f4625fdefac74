package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.Written;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class TextBatchTest {
    /** Texts of different lengths join three slots at different times, leave, and outgrow the context of 24. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesWhatIsWrittenAlone(boolean gpt) {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(gpt);
            for (Sampling sampling : List.of(Sampling.GREEDY, Sampling.PLAIN)) {
                TextBatch batch = new TextBatch(generator, 3);
                Map<Integer, Written> written = new TreeMap<>();
                int next = 0;
                while (written.size() < SmallTexts.PROMPTS.size()) {
                    while (next < SmallTexts.PROMPTS.size() && !batch.isFull()) {
                        batch.add(request(generator, next, settings(next, sampling), new Listening(written, next)));
                        next++;
                    }
                    batch.step();
                }
                for (int i = 0; i < SmallTexts.PROMPTS.size(); i++) {
                    assertThat(written.get(i)).as("text " + i).isEqualTo(alone(generator, i, sampling));
                }
            }
        }
    }

    /** By the logits of whole texts, without a cache. */
    private static Written alone(TextGenerator generator, int index, Sampling sampling) {
        List<Long> prompt = SmallTexts.tokens(generator, SmallTexts.PROMPTS.get(index));
        GenerationSettings settings = settings(index, sampling);
        List<Long> tokens = SmallTexts.expected(generator, prompt, settings, 0);
        for (int count = 1; count <= tokens.size(); count++) {
            String text = SmallTexts.decoded(generator, tokens.subList(0, count));
            for (String stop : settings.stops()) {
                if (text.contains(stop)) {
                    return new Written(text.substring(0, text.indexOf(stop)), prompt.size(), count, true);
                }
            }
        }
        return new Written(SmallTexts.decoded(generator, tokens), prompt.size(), tokens.size(), false);
    }

    @Test
    void lettingATextGoLeavesTheOthersAsTheyAre() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            TextBatch batch = new TextBatch(generator, 3);
            Map<Integer, Written> written = new TreeMap<>();
            Listening unwanted = new Listening(written, 0);
            batch.add(request(generator, 0, settings(9, Sampling.GREEDY), unwanted));
            batch.add(request(generator, 1, settings(9, Sampling.GREEDY), new Listening(written, 1)));
            batch.step();
            unwanted.wanted = false;
            batch.step();
            assertThat(batch.size()).isEqualTo(1);
            assertThat(written.get(0).tokens()).isEqualTo(2);
            while (batch.size() > 0) {
                batch.step();
            }
            assertThat(written.get(1))
                    .isEqualTo(
                            generator.generate(SmallTexts.PROMPTS.get(1), settings(9, Sampling.GREEDY), piece -> {}));
        }
    }

    @Test
    void leavesNoTensorOfATextThatHasGone() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            TextBatch batch = new TextBatch(generator, 3);
            int before = scope.tensors();
            for (int i = 0; i < SmallTexts.PROMPTS.size(); i++) {
                Map<Integer, Written> written = new TreeMap<>();
                batch.add(request(generator, i, settings(i, Sampling.PLAIN), new Listening(written, i)));
                batch.step();
                if (batch.isFull()) {
                    batch.clear();
                }
            }
            while (batch.size() > 0) {
                batch.step();
            }
            assertThat(scope.tensors()).isEqualTo(before);
        }
    }

    /** A prompt of more than two pieces: the other text gets a token for each. */
    @Test
    void readsALongPromptInPiecesBetweenTokens() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true, 3 * TextBatch.PIECE);
            TextBatch batch = new TextBatch(generator, 2);
            Map<Integer, Written> written = new TreeMap<>();
            Listening first = new Listening(written, 0);
            Listening second = new Listening(written, 1);
            List<Long> prompt = SmallTexts.tokens(generator, "abcdefgh".repeat(2 * TextBatch.PIECE / 8) + "cab");
            GenerationSettings settings = new GenerationSettings(12, Sampling.GREEDY, List.of(), 1);
            batch.add(new TextRequest(SmallTexts.tokens(generator, "a"), settings, 0, first));
            batch.step();
            batch.add(new TextRequest(prompt, settings, 0, second));
            batch.step();
            batch.step();
            assertThat(first.pieces).hasSize(4);
            assertThat(second.pieces).isEmpty();
            batch.step();
            assertThat(second.pieces).hasSize(2);
            while (batch.size() > 0) {
                batch.step();
            }
            assertThat(written.get(1).text())
                    .isEqualTo(SmallTexts.decoded(generator, SmallTexts.expected(generator, prompt, settings, 0)));
        }
    }

    @Test
    void refusesTokensOfAnotherVocabulary() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            TextBatch batch = new TextBatch(generator, 1);
            Listening listening = new Listening(new TreeMap<>(), 0);
            assertThatThrownBy(() ->
                            batch.add(new TextRequest(List.of(1L, 99L), settings(1, Sampling.GREEDY), 0, listening)))
                    .hasMessage("a prompt must have tokens from 0 to "
                            + (generator.bundle().model().vocabulary() - 1)
                            + "; it may come from another model's tokenizer. Received: 99");
            assertThat(batch.size()).isZero();
        }
    }

    @Test
    void choicesDiffer() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            TextBatch batch = new TextBatch(generator, 2);
            Map<Integer, Written> written = new TreeMap<>();
            for (int choice = 0; choice < 2; choice++) {
                batch.add(new TextRequest(
                        List.of(1L), settings(5, Sampling.PLAIN), choice, new Listening(written, choice)));
            }
            while (batch.size() > 0) {
                batch.step();
            }
            assertThat(written.get(0).text()).isNotEqualTo(written.get(1).text());
        }
    }

    @Test
    void embedsAsTheNormalisedMeanOfHiddenStates() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(false);
            float[] vector = new TextEmbedder(generator.bundle()).embed(List.of(1L, 2L, 3L));
            float[] hidden = generator
                    .bundle()
                    .model()
                    .hidden(Tensor.of(new long[] {1, 2, 3}, 1, 3), null)
                    .toFloats();
            double[] mean = new double[32];
            for (int i = 0; i < hidden.length; i++) {
                mean[i % 32] += hidden[i] / 3.0;
            }
            double length = Math.sqrt(Arrays.stream(mean).map(x -> x * x).sum());
            for (int i = 0; i < 32; i++) {
                assertThat((double) vector[i]).isCloseTo(mean[i] / length, within(1e-5));
            }
        }
    }

    private static TextRequest request(
            TextGenerator generator, int index, GenerationSettings settings, TextRequest.Listener listener) {
        List<Long> prompt = SmallTexts.tokens(generator, SmallTexts.PROMPTS.get(index));
        return new TextRequest(prompt, settings, 0, listener);
    }

    private static GenerationSettings settings(int index, Sampling sampling) {
        return new GenerationSettings(5 + 9 * index, sampling, index == 4 ? List.of("b", "ha") : List.of(), index);
    }

    /** Hears of one text. */
    private static final class Listening implements TextRequest.Listener {
        private final Map<Integer, Written> written;
        private final int index;
        private final List<String> pieces = new ArrayList<>();
        private boolean wanted = true;

        Listening(Map<Integer, Written> written, int index) {
            this.written = written;
            this.index = index;
        }

        @Override
        public boolean isWanted() {
            return wanted;
        }

        @Override
        public void begun() {
            assertThat(pieces).hasSizeLessThan(2);
        }

        @Override
        public void written(String piece) {
            pieces.add(piece);
        }

        @Override
        public void ended(Written text) {
            assertThat(String.join("", pieces)).isEqualTo(text.text());
            written.put(index, text);
        }
    }
}
