package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens and scores are those of sacreBLEU 2.6.0, see {@code bleu.py} next to the values. */
class BleuTest {
    static Stream<JsonNode> tokens() throws IOException {
        return golden("tokens");
    }

    static Stream<JsonNode> scores() throws IOException {
        return golden("scores");
    }

    /** Koehn 2004: a corpus is put together anew from whole pairs and scored as any other. */
    @Test
    void resamplesPairsAsIfTheyWereTheCorpus() {
        List<String> translations = List.of(
                "the cat sat on the mat", "a dog runs over green grass today", "it rains", "two men talk on a bench");
        List<String> references = List.of(
                "the cat sits on the mat",
                "a dog runs over the green grass",
                "it is raining",
                "two men talk on a bench");
        BleuCounts counts = BleuCounts.of(translations, references, BleuTokens.THIRTEEN_A);
        assertThat(counts.bleu()).isEqualTo(Bleu.of(translations, references, BleuTokens.THIRTEEN_A));
        double[] values = new double[1000];
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < values.length; i++) {
            List<Integer> drawn = random.ints(4, 0, 4).boxed().toList();
            values[i] = Bleu.of(
                            drawn.stream().map(translations::get).toList(),
                            drawn.stream().map(references::get).toList(),
                            BleuTokens.THIRTEEN_A)
                    .score();
        }
        Arrays.sort(values);
        Interval interval = Bootstrap.STANDARD
                .intervals(4, Map.of("bleu", counts.score()))
                .getOrDefault("bleu", Interval.UNDEFINED);
        // 0.025 and 0.975 of the way from the first of 1000 values to the last
        assertThat(interval.low()).isCloseTo(values[24] + 0.975 * (values[25] - values[24]), within(1e-9));
        assertThat(interval.high()).isCloseTo(values[974] + 0.025 * (values[975] - values[974]), within(1e-9));
        assertThat(interval.low()).isLessThan(interval.high());
        assertThat(counts.bleu().toText(" (1.00 to 2.00)")).contains(" (1.00 to 2.00) = ");
    }

    private static Stream<JsonNode> golden(String kind) throws IOException {
        try (InputStream in = BleuTest.class.getResourceAsStream("bleu.json")) {
            return new JsonMapper()
                    .readTree(Objects.requireNonNull(in))
                    .get(kind)
                    .valueStream();
        }
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void cutsAsSacreBleu(JsonNode golden) {
        BleuTokens tokens = BleuTokens.named(golden.get("tokenizer").asString());
        assertThat(tokens.of(golden.get("text").asString())).isEqualTo(texts(golden.get("tokens")));
    }

    @ParameterizedTest
    @MethodSource("scores")
    void scoresAsSacreBleu(JsonNode golden) {
        Bleu bleu = Bleu.of(
                texts(golden.get("translations")),
                texts(golden.get("references")),
                BleuTokens.named(golden.get("tokenizer").asString()));
        assertThat(bleu.score()).isCloseTo(golden.get("score").asDouble(), within(1e-9));
        for (int n = 0; n < 4; n++) {
            assertThat(bleu.precisions().get(n))
                    .isCloseTo(golden.get("precisions").get(n).asDouble(), within(1e-9));
        }
        assertThat(bleu.brevityPenalty()).isCloseTo(golden.get("brevity").asDouble(), within(1e-12));
        assertThat(bleu.translationTokens())
                .isEqualTo(golden.get("lengths").get(0).asLong());
        assertThat(bleu.referenceTokens())
                .isEqualTo(golden.get("lengths").get(1).asLong());
    }

    @Test
    void saysHowItWasComputed() {
        Bleu bleu = Bleu.of(List.of("a b c d e"), List.of("a b c d e"), BleuTokens.THIRTEEN_A);
        assertThat(bleu.toText())
                .isEqualTo("BLEU 100.00 = 100.0/100.0/100.0/100.0 (BP 1.000, 5 tokens for 5)"
                        + " nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp");
    }

    @Test
    void choosesHowToCutByTheReferences() {
        assertThat(BleuTokens.fitting(List.of("Ein Hund", "läuft"))).isEqualTo(BleuTokens.THIRTEEN_A);
        assertThat(BleuTokens.fitting(List.of("一只狗在跑 iPod", "两个人"))).isEqualTo(BleuTokens.ZH);
        assertThat(BleuTokens.fitting(List.of("", "3 4"))).isEqualTo(BleuTokens.THIRTEEN_A);
    }

    @Test
    void refusesWhatDoesNotBelongTogether() {
        assertThatThrownBy(() -> Bleu.of(List.of("a"), List.of("a", "b"), BleuTokens.NONE))
                .hasMessageContaining("1 translations and 2 references");
        assertThatThrownBy(() -> Bleu.of(List.of(), List.of(), BleuTokens.NONE)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> BleuTokens.named("intl")).hasMessageContaining("13a, zh, char or none");
    }

    private static List<String> texts(JsonNode values) {
        return values.valueStream().map(JsonNode::asString).toList();
    }
}
