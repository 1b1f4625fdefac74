package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens and scores are those of sacreBLEU 2.6.0, see {@code bleu.py} beside the values. */
class BleuTest {
    static Stream<JsonNode> tokens() throws IOException {
        return golden("tokens");
    }

    static Stream<JsonNode> scores() throws IOException {
        return golden("scores");
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
