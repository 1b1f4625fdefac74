package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.deploy.text.GenerationSettings;
import org.lungo.deploy.text.Sampling;
import org.lungo.deploy.text.Written;
import org.lungo.model.Precision;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;

@ExtendWith(DirtyMemory.class)
class TextGeneratorTest {
    private static final List<Sampling> SAMPLINGS = List.of(
            Sampling.GREEDY,
            Sampling.PLAIN,
            Sampling.PLAIN.temperature(0.7).topK(5).topP(0.9).minP(0.01).repetitionPenalty(1.2));

    /** Also where the context is outgrown, twice. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void choosesAsTheModelSaysTokenByToken(boolean gpt) {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(gpt);
            for (Sampling sampling : SAMPLINGS) {
                for (String prompt : List.of("d", "bcde", "")) {
                    GenerationSettings settings = settings(42, sampling, 7);
                    List<Long> expected =
                            SmallTexts.expected(generator, SmallTexts.tokens(generator, prompt), settings, 0);
                    Written written = generator.generate(prompt, settings, piece -> {});
                    assertThat(written.text()).isEqualTo(SmallTexts.decoded(generator, expected));
                    assertThat(written.tokens()).isEqualTo(42);
                    assertThat(written.promptTokens()).isEqualTo(prompt.length());
                    assertThat(written.stopped()).isFalse();
                }
            }
        }
    }

    /** As predict and the server do: what the model does not see would be left out silently. */
    @Test
    void refusesAPromptAsLongAsTheContext() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            int context = generator.bundle().context();
            GenerationSettings settings = settings(1, Sampling.GREEDY, 7);
            assertThat(generator
                            .generate("b".repeat(context - 1), settings, piece -> {})
                            .promptTokens())
                    .isEqualTo(context - 1);
            String said = "the prompt must have at most " + (context - 1) + " tokens, for the model's context of "
                    + context + ". Received: " + context
                    + " tokens; shorten it, or use a model with a longer context";
            String prompt = "b".repeat(context);
            assertThatThrownBy(() -> generator.generate(prompt, settings, piece -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(said);
            BeamSearch beams = new BeamSearch(generator, 2, 1);
            assertThatThrownBy(() -> beams.generate(prompt, 1, List.of())).hasMessage(said);
        }
    }

    @Test
    void repeatsWithASeedInAnyThread() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            Written first = generator.generate("ab", settings(20, Sampling.PLAIN, 7), piece -> {});
            assertThat(generator.generate("ab", settings(20, Sampling.PLAIN, 8), piece -> {}))
                    .isNotEqualTo(first);
            List<CompletableFuture<Written>> others = IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> generator.generate("ab", settings(20, Sampling.PLAIN, 7), piece -> {})))
                    .toList();
            others.forEach(other -> assertThat(other.join()).isEqualTo(first));
        }
    }

    @Test
    void endsWhereTheModelDoes() {
        try (Scope scope = Scope.open()) {
            GenerationSettings settings = settings(60, Sampling.PLAIN, 1);
            TextGenerator free = SmallTexts.generator(true);
            List<Long> prompt = SmallTexts.tokens(free, "bcde");
            List<Long> all = SmallTexts.expected(free, prompt, settings, 0);
            long end = all.get(6);
            TextGenerator generator = SmallTexts.generator(true, end);
            List<Long> before = all.subList(0, all.indexOf(end));
            assertThat(generator.generate("bcde", settings, piece -> {}))
                    .isEqualTo(new Written(SmallTexts.decoded(free, before), 4, before.size(), true));
        }
    }

    @Test
    void handsOutWhatItWritesPieceByPiece() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(false);
            List<String> pieces = new ArrayList<>();
            Written written = generator.generate("abc", settings(10, Sampling.PLAIN, 3), pieces::add);
            assertThat(pieces).hasSizeGreaterThan(5).allMatch(piece -> piece.length() == 1);
            assertThat(String.join("", pieces)).isEqualTo(written.text());
        }
    }

    /** Every tensor that it makes belongs to a scope inside, also when a reader fails. */
    @Test
    void leavesNoTensor() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            int before = scope.tensors();
            generator.generate("ab", settings(40, Sampling.PLAIN, 1), piece -> {});
            assertThat(scope.tensors()).isEqualTo(before);
            assertThatThrownBy(() -> generator.generate("ab", settings(40, Sampling.PLAIN, 1), piece -> {
                        throw new IllegalStateException("gone");
                    }))
                    .hasMessage("gone");
            assertThat(scope.tensors()).isEqualTo(before);
        }
    }

    /** The weights of 32 bits that were read do not stay in memory. */
    @Test
    void holdsWeightsInFewerBits(@TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            generator.bundle().save(folder.resolve("model"));
            try (Scope inner = Scope.open()) {
                TextGenerator packed = TextGenerator.load(folder.resolve("model"), Precision.INT8);
                assertThat(inner.tensors())
                        .isEqualTo(Parameters.of(packed.bundle().model()).all().size());
                assertThat(Parameters.of(packed.bundle().model()).all()).containsKey("head.weight.scales");
                assertThat(packed.generate("ab", settings(10, Sampling.GREEDY, 1), piece -> {})
                                .tokens())
                        .isEqualTo(10);
            }
        }
    }

    @Test
    void refusesWhatItCannotWrite() {
        try (Scope scope = Scope.open()) {
            TextGenerator generator = SmallTexts.generator(true);
            assertThatThrownBy(() -> generator.generate("a", settings(0, Sampling.GREEDY, 1), piece -> {}))
                    .hasMessage("max_tokens must be at least 1. Received: 0");
            assertThatThrownBy(() -> new GenerationSettings(1, Sampling.GREEDY, List.of("a", ""), 1))
                    .hasMessageStartingWith("a stop text must not be empty");
        }
    }

    private static GenerationSettings settings(int maxTokens, Sampling sampling, long seed) {
        return new GenerationSettings(maxTokens, sampling, List.of(), seed);
    }
}
