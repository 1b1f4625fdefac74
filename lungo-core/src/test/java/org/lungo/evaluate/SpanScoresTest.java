package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.lungo.data.LabelScheme;

final class SpanScoresTest {
    /** The example of seqeval's README (github.com/chakki-works/seqeval), with the figures that stand there. */
    @Test
    void agreesWithTheExampleOfSeqeval() {
        SpanScores scores =
                of("O O O B-MISC I-MISC I-MISC O / B-PER I-PER O", "O O B-MISC I-MISC I-MISC I-MISC O / B-PER I-PER O");
        assertThat(scores.accuracy()).isEqualTo(0.8);
        assertThat(scores.metrics())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("f1", 0.5, "precision", 0.5, "recall", 0.5, "accuracy", 0.8));
        assertThat(scores.types().get("MISC").f1()).isZero();
        assertThat(scores.types().get("PER").f1()).isEqualTo(1);
    }

    /** The counts and percentages of conlleval's page (www.clips.uantwerpen.be/conll2000/chunking/output.html). */
    @Test
    void roundsToThePercentagesOfConlleval() {
        SpanScores.Found found = new SpanScores.Found(459, 539, 371);
        assertThat(100 * found.precision()).isCloseTo(68.83, within(0.005));
        assertThat(100 * found.recall()).isCloseTo(80.83, within(0.005));
        assertThat(100 * found.f1()).isCloseTo(74.35, within(0.005));
    }

    @Test
    void countsExactSpansOfTheRightType() {
        // Found: one of two persons (the other is a place); the place is too long; nothing wants the last one.
        SpanScores scores = of("B-PER O B-PER I-PER B-LOC O O", "B-PER O B-LOC I-LOC B-LOC I-LOC B-ORG");
        assertThat(scores.types())
                .containsEntry("PER", new SpanScores.Found(2, 1, 1))
                .containsEntry("LOC", new SpanScores.Found(1, 2, 0))
                .containsEntry("ORG", new SpanScores.Found(0, 1, 0));
        assertThat(scores.all()).isEqualTo(new SpanScores.Found(3, 4, 1));
        assertThat(scores.accuracy()).isCloseTo(3 / 7.0, within(1e-12));
        // As conlleval: a change of type begins another, and so does I without a beginning.
        assertThat(of("B-A I-A O", "I-A I-A O").all().correct()).isEqualTo(1);
        assertThat(of("B-A B-B O", "B-A I-B O").all().correct()).isEqualTo(2);
        assertThat(of("B-A B-A", "B-A I-A").all()).isEqualTo(new SpanScores.Found(2, 1, 0));
    }

    @Test
    void countsTokensOfPlainLabels() {
        SpanScores scores = SpanScores.of(
                LabelScheme.PLAIN, List.of(List.of("DT", "NN", "VB")), List.of(List.of("DT", "NN", "NN")));
        assertThat(scores.metrics().get("f1")).isEqualTo(scores.accuracy()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(scores.types()).containsEntry("VB", new SpanScores.Found(1, 0, 0));
    }

    @Test
    void isZeroWhereNothingIsFound() {
        assertThat(of("O O", "O O").all().f1()).isZero();
        assertThat(of("B-A O", "O O").metrics()).containsEntry("precision", 0.0).containsEntry("accuracy", 0.5);
        assertThat(of("B-A O", "O O").toText()).contains("F1 0.0000", "of 1 entities", "  A ");
        assertThat(of("B-A O", "B-A O").toMap()).containsKeys("f1", "precision", "recall", "accuracy", "types");
        assertThatThrownBy(() -> of("O O", "O")).hasMessage("expected 2 labels. Received: 1");
    }

    /** Against sentences that are drawn by hand and scored as any others. */
    @Test
    void hasIntervalsOverSentences() {
        String gold = "B-A I-A O / O B-B / O O O B-A / B-A / O / B-B O O B-A";
        String said = "B-A I-A O / O O / O B-B O B-A / B-A / O / B-B O O B-B";
        List<List<String>> wanted = sentences(gold);
        List<List<String>> predicted = sentences(said);
        Map<String, Interval> intervals = SpanScores.intervals(LabelScheme.BIO, wanted, predicted);
        assertThat(intervals).containsOnlyKeys("f1", "precision", "recall", "accuracy");
        Map<String, double[]> values = new TreeMap<>();
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 1000; i++) {
            int draw = i;
            List<Integer> drawn = random.ints(6, 0, 6).boxed().toList();
            SpanScores.of(
                            LabelScheme.BIO,
                            drawn.stream().map(wanted::get).toList(),
                            drawn.stream().map(predicted::get).toList())
                    .metrics()
                    .forEach((metric, value) -> values.computeIfAbsent(metric, name -> new double[1000])[draw] = value);
        }
        values.forEach((metric, all) -> {
            Arrays.sort(all);
            Interval interval = intervals.getOrDefault(metric, Interval.UNDEFINED);
            assertThat(interval.low()).isCloseTo(all[24] + 0.975 * (all[25] - all[24]), within(1e-12));
            assertThat(interval.high()).isCloseTo(all[974] + 0.025 * (all[975] - all[974]), within(1e-12));
        });
        assertThat(of(gold, said).toText(new Yardstick(Map.of("f1", new Interval(0.25, 0.75)), Map.of())))
                .startsWith("F1 0.6667 (0.2500 to 0.7500), precision");
    }

    /** Sentences of one token: a share of n has the standard error sqrt(p (1 - p) / n). */
    @Test
    void hasTheIntervalOfAProportionForSingleTokens() {
        List<List<String>> wanted = Collections.nCopies(400, List.of("A"));
        List<List<String>> predicted = new ArrayList<>(Collections.nCopies(320, List.of("A")));
        predicted.addAll(Collections.nCopies(80, List.of("B")));
        Interval interval =
                SpanScores.intervals(LabelScheme.PLAIN, wanted, predicted).getOrDefault("accuracy", Interval.UNDEFINED);
        assertThat(interval.low()).isCloseTo(0.8 - 1.96 * 0.02, within(0.006));
        assertThat(interval.high()).isCloseTo(0.8 + 1.96 * 0.02, within(0.006));
    }

    private static SpanScores of(String gold, String predicted) {
        return SpanScores.of(LabelScheme.BIO, sentences(gold), sentences(predicted));
    }

    private static List<List<String>> sentences(String text) {
        return List.of(text.split(" / ")).stream()
                .map(sentence -> List.of(sentence.split(" ")))
                .toList();
    }
}
