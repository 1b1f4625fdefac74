package org.lungo.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

class TextBatchTest {
    private static final List<String> PROMPTS =
            List.of("a", "bcde", "", "fghabcdefgh", "cab", "hhgf", "ed", "abcabcabc");

    /** Texts of different lengths join three slots at different times, leave, and outgrow the context of 24. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesWhatIsWrittenAlone(boolean gpt) {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = generator(gpt);
            for (Sampling sampling : List.of(Sampling.GREEDY, Sampling.PLAIN)) {
                TextBatch batch = new TextBatch(generator, 3);
                Map<Integer, TextGenerator.Written> written = new TreeMap<>();
                int next = 0;
                while (written.size() < PROMPTS.size()) {
                    while (next < PROMPTS.size() && !batch.isFull()) {
                        batch.add(request(generator, next, settings(next, sampling), new Listening(written, next)));
                        next++;
                    }
                    batch.step();
                }
                for (int i = 0; i < PROMPTS.size(); i++) {
                    TextGenerator.Written alone =
                            generator.generate(PROMPTS.get(i), settings(i, sampling), piece -> {});
                    assertThat(written.get(i)).as("text " + i).isEqualTo(alone);
                }
            }
        }
    }

    @Test
    void lettingATextGoLeavesTheOthersAsTheyAre() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = generator(true);
            TextBatch batch = new TextBatch(generator, 3);
            long before = Engine.liveTensors();
            Map<Integer, TextGenerator.Written> written = new TreeMap<>();
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
                    .isEqualTo(generator.generate(PROMPTS.get(1), settings(9, Sampling.GREEDY), piece -> {}));
            // Fewer when those of an earlier test, which nothing refers to, were freed meanwhile.
            assertThat(Engine.liveTensors()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void choicesDiffer() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = generator(true);
            TextBatch batch = new TextBatch(generator, 2);
            Map<Integer, TextGenerator.Written> written = new TreeMap<>();
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
            TextGenerator generator = generator(false);
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
            TextGenerator generator, int index, TextGenerator.Settings settings, TextRequest.Listener listener) {
        int[] ids = generator.bundle().tokenizer().encode(PROMPTS.get(index));
        return new TextRequest(Arrays.stream(ids).mapToObj(id -> (long) id).toList(), settings, 0, listener);
    }

    private static TextGenerator.Settings settings(int index, Sampling sampling) {
        return new TextGenerator.Settings(5 + 9 * index, sampling, index == 4 ? List.of("b", "ha") : List.of(), index);
    }

    /** Hears of one text. */
    private static final class Listening implements TextRequest.Listener {
        private final Map<Integer, TextGenerator.Written> written;
        private final int index;
        private final List<String> pieces = new ArrayList<>();
        private boolean wanted = true;

        Listening(Map<Integer, TextGenerator.Written> written, int index) {
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
        public void ended(TextGenerator.Written text) {
            assertThat(String.join("", pieces)).isEqualTo(text.text());
            written.put(index, text);
        }
    }

    private static TextGenerator generator(boolean gpt) {
        Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.CHAR, 100)
                .train(List.of("abcdefgh").iterator());
        int size = tokenizer.size();
        LanguageModel model = gpt
                ? Gpt.Config.of(size, 24, 2, 2, 32, 0).build(Random.of(3))
                : new Llama.Config(size, 24, 2, 32, 48, new Llama.Heads(4, 2, 8), Llama.Details.LLAMA)
                        .build(Random.of(3));
        Parameters.of(model).trainable().forEach(weight -> weight.mulInPlace(8));
        return new TextGenerator(new LanguageBundle(model, tokenizer), Set.of());
    }
}
