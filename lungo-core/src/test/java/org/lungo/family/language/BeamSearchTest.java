package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.deploy.text.Beam;
import org.lungo.deploy.text.BeamRules;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Hypothesis;
import org.lungo.deploy.text.LengthPenalty;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.Written;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

@ExtendWith(DirtyMemory.class)
class BeamSearchTest {
    /** With the cache in the beams' order; the reference computes each whole text without one. */
    @Test
    void followsTheSameTextsAsWithoutACache() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(false);
            for (String prompt : List.of("abc", "")) {
                List<Written> found = new BeamSearch(generator, 4, 1).generate(prompt, 9, List.of());
                Beam beam = new Beam(
                        new BeamRules(4, LengthPenalty.power(1), Set.of(), Set.of(), null, BeamRules.Ending.CANONICAL),
                        0,
                        9);
                List<Long> start = generator.begin(SmallTexts.tokens(generator, prompt));
                while (!beam.isDone()) {
                    float[] logits = whole(generator, start, beam.running());
                    beam.advanceByLogits(
                            logits, 0, logits.length / beam.running().size());
                }
                assertThat(found).hasSize(4);
                for (int i = 0; i < 4; i++) {
                    List<Long> written = IntStream.of(beam.found().get(i).written())
                            .asLongStream()
                            .boxed()
                            .toList();
                    assertThat(found.get(i).text()).isEqualTo(SmallTexts.decoded(generator, written));
                }
            }
        }
    }

    /** Logits behind texts of one length, [texts * vocabulary]. */
    private static float[] whole(TextGenerator generator, List<Long> start, List<Hypothesis> texts) {
        long[] tokens = texts.stream()
                .flatMapToLong(text -> LongStream.concat(
                        start.stream().mapToLong(token -> token),
                        IntStream.of(text.tokens()).asLongStream()))
                .toArray();
        return generator
                .bundle()
                .model()
                .forward(Tensor.of(tokens, texts.size(), tokens.length / texts.size()), null)
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
