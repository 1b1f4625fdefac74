package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.deploy.text.Beams;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.Written;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class BeamSearchTest {
    private static final int VOCABULARY = 4;
    private static final long END = 3;

    /** Logits that depend on all tokens before: of 4 tokens, texts of at most 5, all 364 are looked at one by one. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.6, 1, 2})
    void aWideSearchFindsWhatLookingAtAllTextsFinds(double penalty) {
        for (int seed = 0; seed < 20; seed++) {
            int odd = seed;
            Beams beams = new Beams(new Beams.Settings(400, penalty, 5), Set.of(END), tokens -> false);
            while (!beams.isDone()) {
                beams.advance(beams.live().stream()
                        .map(beam -> logits(odd, beam.tokens()))
                        .toArray(float[][]::new));
            }
            List<Beams.Beam> all = new ArrayList<>();
            enumerate(seed, new Beams.Beam(List.of(), 0, false), all);
            Beams.Beam best = all.stream()
                    .max(Comparator.comparingDouble(beam ->
                            beam.logProbability() / Math.pow(beam.tokens().size() + (beam.stopped() ? 1 : 0), penalty)))
                    .orElseThrow();
            assertThat(beams.ended().get(0).tokens()).isEqualTo(best.tokens());
            assertThat(beams.ended().get(0).logProbability()).isCloseTo(best.logProbability(), within(1e-9));
        }
    }

    private static void enumerate(int seed, Beams.Beam beam, List<Beams.Beam> all) {
        if (beam.tokens().size() == 5) {
            all.add(beam);
            return;
        }
        float[] logits = logits(seed, beam.tokens());
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        for (int token = 0; token < VOCABULARY; token++) {
            double score = beam.logProbability() + Math.log(Math.exp(logits[token]) / sum);
            if (token == END) {
                all.add(new Beams.Beam(beam.tokens(), score, true));
            } else {
                List<Long> longer = new ArrayList<>(beam.tokens());
                longer.add((long) token);
                enumerate(seed, new Beams.Beam(longer, score, false), all);
            }
        }
    }

    private static float[] logits(int seed, List<Long> tokens) {
        RandomGenerator random =
                Random.of(seed).stream("text", tokens.hashCode()).generator();
        float[] logits = new float[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            logits[i] = (float) (2 * random.nextGaussian());
        }
        return logits;
    }

    /** With the cache in the beams' order; the reference computes each whole text without one. */
    @Test
    void followsTheSameTextsAsWithoutACache() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(false);
            for (String prompt : List.of("abc", "")) {
                List<Written> found = new BeamSearch(generator, 4, 1).generate(prompt, 9, List.of());
                Beams beams = new Beams(new Beams.Settings(4, 1, 9), Set.of(), tokens -> false);
                List<Long> start = generator.begin(SmallTexts.tokens(generator, prompt));
                while (!beams.isDone()) {
                    beams.advance(beams.live().stream()
                            .map(beam -> whole(generator, start, beam))
                            .toArray(float[][]::new));
                }
                assertThat(found).hasSize(4);
                for (int i = 0; i < 4; i++) {
                    assertThat(found.get(i).text())
                            .isEqualTo(SmallTexts.decoded(
                                    generator, beams.ended().get(i).tokens()));
                }
            }
        }
    }

    private static float[] whole(TextGenerator generator, List<Long> start, Beams.Beam beam) {
        List<Long> all = new ArrayList<>(start);
        all.addAll(beam.tokens());
        long[] tokens = all.stream().mapToLong(token -> token).toArray();
        return generator
                .bundle()
                .model()
                .forward(Tensor.of(tokens, 1, tokens.length), null)
                .select(1, -1)
                .toFloats();
    }

    @Test
    void oneBeamIsGreedyAndLeavesNoTensor() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            GenerationSettings settings = new GenerationSettings(15, Sampling.GREEDY, List.of(), 1);
            int before = scope.tensors();
            assertThat(new BeamSearch(generator, 1, 1).generate("bcd", 15, List.of()))
                    .containsExactly(generator.generate("bcd", settings, piece -> {}));
            assertThat(scope.tensors()).isEqualTo(before);
        }
    }

    /** The prompt of 3 and 22 tokens fill the context of 24, the last token being none that is read. */
    @Test
    void endsBeforeAStopTextAndWhereTheContextIsFull() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            BeamSearch search = new BeamSearch(generator, 3, 0);
            List<Written> full = search.generate("bcd", 100, List.of());
            assertThat(full).allMatch(text -> text.tokens() == 22 && !text.stopped());
            String stop = full.get(0).text().substring(2, 3);
            Written stopped = search.generate("bcd", 100, List.of(stop)).get(0);
            assertThat(stopped.stopped()).isTrue();
            assertThat(stopped.text()).doesNotContain(stop);
            assertThatThrownBy(() -> new BeamSearch(generator, 0, 1)).hasMessageContaining("beams");
        }
    }
}
