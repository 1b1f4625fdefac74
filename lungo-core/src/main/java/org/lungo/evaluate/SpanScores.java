package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lungo.data.LabelScheme;
import org.lungo.data.Span;
import org.lungo.tensor.Check;

/**
 * How well entities are found, as conlleval (the script of CoNLL's shared tasks) and seqeval count: one is found only with
 * exactly its tokens and its type. Of plain labels, such as parts of speech, each token is an entity by itself, and F1 is
 * the accuracy.
 *
 * @param tokens how many there are
 * @param right how many have their label
 * @param types for each type what was found, by name
 */
public record SpanScores(long tokens, long right, Map<String, Found> types) {
    public SpanScores {
        types = new TreeMap<>(types);
    }

    /**
     * Entities of one type, or of all.
     *
     * @param gold how many there are
     * @param predicted how many were said to be
     * @param correct how many are both
     */
    public record Found(long gold, long predicted, long correct) {
        private static final Found NONE = new Found(0, 0, 0);

        /** The share of predicted entities that are right; 0 when there are none. */
        public double precision() {
            return predicted == 0 ? 0 : (double) correct / predicted;
        }

        /** The share of entities that were found; 0 when there are none. */
        public double recall() {
            return gold == 0 ? 0 : (double) correct / gold;
        }

        /** The harmonic mean of the two. */
        public double f1() {
            return gold + predicted == 0 ? 0 : 2.0 * correct / (gold + predicted);
        }

        private Found plus(Found other) {
            return new Found(gold + other.gold, predicted + other.predicted, correct + other.correct);
        }

        Map<String, Object> toMap() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("precision", precision());
            values.put("recall", recall());
            values.put("f1", f1());
            values.put("gold", gold);
            values.put("predicted", predicted);
            values.put("correct", correct);
            return values;
        }
    }

    /**
     * Compares labels.
     *
     * @param scheme whether they are {@linkplain LabelScheme#PLAIN plain}, or those of entities
     * @param gold for each sentence its labels
     * @param predicted of the same lengths
     */
    public static SpanScores of(LabelScheme scheme, List<List<String>> gold, List<List<String>> predicted) {
        Check.that(
                gold.size() == predicted.size(), "expected labels of " + gold.size() + " sentences", predicted.size());
        long tokens = 0;
        long right = 0;
        Map<String, Found> types = new TreeMap<>();
        for (int i = 0; i < gold.size(); i++) {
            List<String> wanted = gold.get(i);
            List<String> said = predicted.get(i);
            Check.that(wanted.size() == said.size(), "expected " + wanted.size() + " labels", said.size());
            tokens += wanted.size();
            for (int token = 0; token < wanted.size(); token++) {
                right += wanted.get(token).equals(said.get(token)) ? 1 : 0;
            }
            Set<Span> there = new HashSet<>(scheme.spans(wanted));
            there.forEach(span -> types.merge(span.type(), new Found(1, 0, 0), Found::plus));
            for (Span span : scheme.spans(said)) {
                types.merge(span.type(), new Found(0, 1, there.contains(span) ? 1 : 0), Found::plus);
            }
        }
        return new SpanScores(tokens, right, types);
    }

    /**
     * The 95% interval of each of {@link #metrics}, from whole sentences that are drawn with replacement; none of fewer than
     * two sentences. Takes the same labels as {@link #of}.
     */
    public static Map<String, Interval> intervals(
            LabelScheme scheme, List<List<String>> gold, List<List<String>> predicted) {
        return SpanIntervals.of(scheme, gold, predicted).by(Bootstrap.STANDARD);
    }

    /** Entities of all types together. */
    public Found all() {
        return types.values().stream().reduce(Found.NONE, Found::plus);
    }

    /** The share of tokens with their label. */
    public double accuracy() {
        return tokens == 0 ? 0 : (double) right / tokens;
    }

    /** The values that say most, by the names of their metrics. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Found all = all();
        metrics.put("f1", all.f1());
        metrics.put("precision", all.precision());
        metrics.put("recall", all.recall());
        metrics.put("accuracy", accuracy());
        return metrics;
    }

    /** What {@code metrics.json} holds. */
    public Map<String, Object> toMap() {
        Map<String, Object> values = new LinkedHashMap<>(metrics());
        values.put("tokens", tokens);
        Map<String, Object> byType = new LinkedHashMap<>();
        types.forEach((type, found) -> byType.put(type, found.toMap()));
        values.put("types", byType);
        return values;
    }

    /** For a person: a line for all and one for each type, of many the most frequent. */
    public String toText() {
        return toText(Yardstick.NONE);
    }

    /** The same with the intervals behind the values for all. */
    public String toText(Yardstick yardstick) {
        List<String> lines = new ArrayList<>();
        Found all = all();
        lines.add(String.format(
                Locale.ROOT,
                "F1 %.4f%s, precision %.4f%s, recall %.4f%s of %,d entities; %.4f%s of %,d tokens right",
                all.f1(),
                yardstick.range("f1", DECIMALS),
                all.precision(),
                yardstick.range("precision", DECIMALS),
                all.recall(),
                yardstick.range("recall", DECIMALS),
                all.gold(),
                accuracy(),
                yardstick.range("accuracy", DECIMALS),
                tokens));
        types.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        java.util.Comparator.comparingLong(found -> -found.gold() - found.predicted())))
                .limit(MAX_LINES)
                .forEach(type -> lines.add(line(type.getKey(), type.getValue())));
        if (types.size() > MAX_LINES) {
            lines.add("  and " + (types.size() - MAX_LINES) + " others");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static final int MAX_LINES = 20;
    private static final int DECIMALS = 4;

    private static String line(String type, Found found) {
        return String.format(
                Locale.ROOT,
                "  %-16s F1 %.4f, precision %.4f, recall %.4f of %,d",
                type.isEmpty() ? "(span)" : type,
                found.f1(),
                found.precision(),
                found.recall(),
                found.gold());
    }
}
