package org.lungo.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lungo.data.LabelScheme;

/**
 * The intervals of {@link SpanScores#metrics}. Whole sentences are drawn, since the labels of a sentence hang together.
 *
 * @param sentences the scores of each
 */
record SpanIntervals(List<SpanScores> sentences) {
    static SpanIntervals of(LabelScheme scheme, List<List<String>> gold, List<List<String>> predicted) {
        return new SpanIntervals(IntStream.range(0, gold.size())
                .mapToObj(i -> SpanScores.of(scheme, List.of(gold.get(i)), List.of(predicted.get(i))))
                .toList());
    }

    Map<String, Interval> by(Bootstrap bootstrap) {
        List<SpanScores.Found> found = sentences.stream().map(SpanScores::all).toList();
        double[] right = sentences.stream().mapToDouble(SpanScores::right).toArray();
        long[] tokens = sentences.stream().mapToLong(SpanScores::tokens).toArray();
        Map<String, Counted> metrics = new LinkedHashMap<>();
        metrics.put("f1", counted(found, SpanScores.Found::f1));
        metrics.put("precision", counted(found, SpanScores.Found::precision));
        metrics.put("recall", counted(found, SpanScores.Found::recall));
        metrics.put("accuracy", Counted.ratio(right, tokens));
        return bootstrap.intervals(sentences.size(), metrics);
    }

    private static Counted counted(List<SpanScores.Found> found, ToDoubleFunction<SpanScores.Found> metric) {
        return counts -> {
            long gold = 0;
            long predicted = 0;
            long correct = 0;
            for (int i = 0; i < counts.length; i++) {
                SpanScores.Found one = found.get(i);
                gold += counts[i] * one.gold();
                predicted += counts[i] * one.predicted();
                correct += counts[i] * one.correct();
            }
            return metric.applyAsDouble(new SpanScores.Found(gold, predicted, correct));
        };
    }
}
