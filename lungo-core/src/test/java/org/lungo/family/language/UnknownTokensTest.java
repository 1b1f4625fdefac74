package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.TokenScore;
import org.lungo.deploy.text.Written;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** A model with {@value #VOCABULARY} tokens and a tokenizer that knows eight letters. */
class UnknownTokensTest {
    private static final int VOCABULARY = 60;
    private static final List<String> PROMPTS = List.of("a", "bcde", "fgh", "hhgf", "");
    private static final List<Sampling> SAMPLINGS = List.of(
            Sampling.GREEDY,
            Sampling.PLAIN,
            Sampling.PLAIN.temperature(5),
            Sampling.PLAIN.temperature(5).topK(30).minP(0.001),
            Sampling.PLAIN.topP(0.95).repetitionPenalty(1.3));

    private static TextGenerator generator(Long... ends) {
        Tokenizer tokenizer = TokenizerTraining.of(TokenizerTraining.Type.CHAR, 100)
                .train(List.of("abcdefgh").iterator());
        LanguageModel model = new Llama.Config(VOCABULARY, 24, 1, 32, 48, new Llama.Heads(4, 2, 8), Llama.Details.LLAMA)
                .build(Random.of(3));
        Parameters.of(model).trainable().forEach(weight -> weight.mulInPlace(4));
        return new TextGenerator(new LanguageBundle(model, tokenizer), Set.of(ends));
    }

    @Test
    void wouldBeLikeliestForThisModel() {
        try (Scope scope = Scope.inference()) {
            TextGenerator generator = generator();
            int known = generator.bundle().tokenizer().size();
            Tensor last = generator
                    .bundle()
                    .model()
                    .forward(Tensor.of(new long[] {1}, 1, 1), null)
                    .select(1, -1);
            float[] logits = last.toFloats();
            int best = 0;
            for (int i = 0; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            assertThat(best).isGreaterThanOrEqualTo(known);
        }
    }

    @Test
    void areNeverWritten() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = generator();
            for (Sampling sampling : SAMPLINGS) {
                for (String prompt : PROMPTS) {
                    GenerationSettings settings = new GenerationSettings(40, sampling, List.of(), 7);
                    Written written = generator.generate(prompt, settings, piece -> {});
                    assertThat(written.tokens()).isEqualTo(40);
                    assertThat(written.text()).matches("[a-h]*");
                }
            }
            assertThat(new BeamSearch(generator, 12, 1).generate("bc", 8, List.of()))
                    .hasSize(12)
                    .allSatisfy(text -> assertThat(text.text()).matches("[a-h]*"));
        }
    }

    @Test
    void areNotAmongTheLikeliestEither() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = generator();
            int known = generator.bundle().tokenizer().size();
            List<TokenScore> scores = new ArrayList<>();
            TextBatch batch = new TextBatch(generator, 1);
            batch.add(new TextRequest(
                    List.of(1L),
                    new GenerationSettings(20, Sampling.PLAIN, List.of(), 1),
                    0,
                    20,
                    new TextRequest.Listener() {
                        @Override
                        public boolean isWanted() {
                            return true;
                        }

                        @Override
                        public void scored(TokenScore token) {
                            scores.add(token);
                        }

                        @Override
                        public void written(String piece) {}

                        @Override
                        public void begun() {}

                        @Override
                        public void ended(Written text) {}
                    }));
            while (batch.size() > 0) {
                batch.step();
            }
            assertThat(scores).hasSize(20).allSatisfy(score -> {
                assertThat(score.likeliest()).hasSize(known).allMatch(other -> other.token() < known);
                assertThat(score.likeliest().stream()
                                .mapToDouble(other -> Math.exp(other.logProbability()))
                                .sum())
                        .isCloseTo(1, within(1e-9));
            });
        }
    }

    /** Such a token is drawn, and not decoded. */
    @Test
    void endATextWhereTheModelSaysSo() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = generator(50L, 51L, 52L, 53L, 54L, 55L);
            GenerationSettings settings = new GenerationSettings(200, Sampling.PLAIN.temperature(3), List.of(), 7);
            Written written = generator.generate("a", settings, piece -> {});
            assertThat(written.stopped()).isTrue();
            assertThat(written.text()).matches("[a-h]*");
        }
    }
}
