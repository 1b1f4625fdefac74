package org.lungo.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.deploy.Continuation.Ending;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

class GeneratorTest {
    private static final List<long[]> PROMPTS =
            List.of(new long[] {3}, new long[] {1, 4, 1, 5, 9}, new long[] {2, 6, 5});

    /** The logits of a whole text without a cache, chosen from by the reference of {@link OddsTest}'s odds. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void choosesAsTheModelSaysTokenByToken(boolean gpt) {
        try (Scope scope = Scope.open()) {
            LanguageModel model = model(gpt);
            for (Sampling sampling : List.of(
                    Sampling.GREEDY,
                    Sampling.PLAIN,
                    Sampling.PLAIN.temperature(0.7).topK(5).topP(0.9).minP(0.01).repetitionPenalty(1.2))) {
                Generator.Settings settings = settings(10, sampling);
                List<Continuation> answers = new Generator(model).generate(PROMPTS, settings, TokenListener.NONE);
                for (int row = 0; row < PROMPTS.size(); row++) {
                    assertThat(answers.get(row).ending()).isEqualTo(Ending.LENGTH);
                    assertThat(answers.get(row).tokens()).isEqualTo(expected(model, PROMPTS.get(row), settings, row));
                }
            }
        }
    }

    @Test
    void repeatsWithASeed() {
        try (Scope scope = Scope.open()) {
            Generator generator = new Generator(model(true));
            Generator.Settings settings = settings(10, Sampling.PLAIN);
            List<Continuation> first = generator.generate(PROMPTS, settings, TokenListener.NONE);
            assertThat(generator.generate(PROMPTS, settings, TokenListener.NONE))
                    .isEqualTo(first);
            assertThat(generator.generate(
                            PROMPTS, new Generator.Settings(10, Set.of(), Sampling.PLAIN, 8), TokenListener.NONE))
                    .isNotEqualTo(first);
            List<CompletableFuture<List<Continuation>>> others = IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> generator.generate(PROMPTS, settings, TokenListener.NONE)))
                    .toList();
            others.forEach(other -> assertThat(other.join()).isEqualTo(first));
        }
    }

    @Test
    void endsWhereItShould() {
        try (Scope scope = Scope.open()) {
            Generator generator = new Generator(model(true));
            long[] prompt = PROMPTS.get(1);
            Continuation free = generator.generate(prompt, settings(100, Sampling.GREEDY), TokenListener.NONE);
            assertThat(free.ending()).isEqualTo(Ending.CONTEXT);
            assertThat(free.tokens()).hasSize(32 - 5 + 1);

            long stop = free.tokens().get(6);
            int at = free.tokens().indexOf(stop);
            Continuation stopped = generator.generate(
                    prompt, new Generator.Settings(100, Set.of(stop), Sampling.GREEDY, 1), TokenListener.NONE);
            assertThat(stopped).isEqualTo(new Continuation(free.tokens().subList(0, at), Ending.STOP));

            Continuation one = generator.generate(prompt, settings(1, Sampling.GREEDY), TokenListener.NONE);
            assertThat(one).isEqualTo(new Continuation(free.tokens().subList(0, 1), Ending.LENGTH));

            List<Continuation> full = generator.generate(PROMPTS, settings(100, Sampling.GREEDY), TokenListener.NONE);
            assertThat(full).allMatch(answer -> answer.ending() == Ending.CONTEXT);
        }
    }

    /** A row that has ended is told no more; the others go on as they would have. */
    @Test
    void tellsEachTokenAndStopsARowThatIsNotWanted() {
        try (Scope scope = Scope.open()) {
            Generator generator = new Generator(model(false));
            Generator.Settings settings = settings(6, Sampling.PLAIN);
            List<Continuation> whole = generator.generate(PROMPTS, settings, TokenListener.NONE);
            List<List<Long>> told = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            List<Integer> order = new ArrayList<>();
            List<Continuation> answers = generator.generate(PROMPTS, settings, (row, token) -> {
                told.get(row).add(token);
                order.add(row);
                return row != 1 || told.get(1).size() < 2;
            });
            assertThat(order.subList(0, 8)).containsExactly(0, 1, 2, 0, 1, 2, 0, 2);
            assertThat(answers.get(1))
                    .isEqualTo(new Continuation(whole.get(1).tokens().subList(0, 2), Ending.LISTENER));
            assertThat(answers.get(0)).isEqualTo(whole.get(0));
            assertThat(answers.get(2)).isEqualTo(whole.get(2));
            for (int row = 0; row < 3; row++) {
                assertThat(told.get(row)).isEqualTo(answers.get(row).tokens());
            }
        }
    }

    @Test
    void leavesNoTensor() {
        try (Scope scope = Scope.open()) {
            Generator generator = new Generator(model(true));
            long before = Engine.liveTensors();
            generator.generate(PROMPTS, settings(10, Sampling.PLAIN), TokenListener.NONE);
            assertThat(Engine.liveTensors()).isEqualTo(before);
            assertThatThrownBy(() -> generator.generate(PROMPTS, settings(10, Sampling.PLAIN), (row, token) -> {
                        throw new IllegalStateException("gone");
                    }))
                    .hasMessage("gone");
            assertThat(Engine.liveTensors()).isEqualTo(before);
        }
    }

    @Test
    void rejectsPromptsThatDoNotFit() {
        try (Scope scope = Scope.open()) {
            Generator generator = new Generator(model(true));
            Generator.Settings settings = settings(2, Sampling.GREEDY);
            assertThatThrownBy(() -> generator.generate(List.of(), settings, TokenListener.NONE))
                    .hasMessage("expected at least one prompt. Received: none");
            assertThatThrownBy(() ->
                            generator.generate(List.of(new long[] {1}, new long[0]), settings, TokenListener.NONE))
                    .hasMessage("prompt 1 must have at least one token and fewer than the context of 32; shorten it."
                            + " Received: 0 tokens");
            assertThatThrownBy(() -> generator.generate(new long[32], settings, TokenListener.NONE))
                    .hasMessageEndingWith("Received: 32 tokens");
            assertThatThrownBy(() -> generator.generate(new long[] {1, 13}, settings, TokenListener.NONE))
                    .hasMessage("prompt 0 must have tokens from 0 to 12; it may come from another model's tokenizer."
                            + " Received: 13");
            assertThatThrownBy(() -> settings(0, Sampling.GREEDY))
                    .hasMessage("maxTokens must be at least 1. Received: 0");
        }
    }

    private static List<Long> expected(LanguageModel model, long[] prompt, Generator.Settings settings, int row) {
        RandomGenerator random = Random.of(settings.seed()).stream("row", row).generator();
        List<Long> text = new ArrayList<>(LongStream.of(prompt).boxed().toList());
        BitSet seen = new BitSet();
        text.forEach(token -> seen.set(token.intValue()));
        while (text.size() < prompt.length + settings.maxTokens()) {
            Tensor tokens = Tensor.of(text.stream().mapToLong(token -> token).toArray(), 1, text.size());
            float[] logits = model.forward(tokens, null).select(1, -1).toFloats();
            Odds odds = Odds.of(logits, seen, settings.sampling());
            int token = odds.at(odds.tokens().length == 1 ? 0 : random.nextDouble());
            text.add((long) token);
            seen.set(token);
        }
        return text.subList(prompt.length, text.size());
    }

    private static Generator.Settings settings(int maxTokens, Sampling sampling) {
        return new Generator.Settings(maxTokens, Set.of(), sampling, 7);
    }

    /** A model of 13 tokens and context 32 with large weights, so that its choices are clear. */
    private static LanguageModel model(boolean gpt) {
        LanguageModel model = gpt
                ? Gpt.Config.of(13, 32, 2, 2, 32, 0).build(Random.of(3))
                : new Llama.Config(13, 32, 2, 32, 48, new Llama.Heads(4, 2, 8), Llama.Details.LLAMA)
                        .build(Random.of(3));
        Parameters.of(model).trainable().forEach(weight -> weight.mulInPlace(8));
        return model;
    }
}
