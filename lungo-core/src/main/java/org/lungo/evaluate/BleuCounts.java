package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lungo.tensor.Check;

/**
 * What BLEU counts of each pair of a translation and its reference. The score of a corpus is computed from the sums, so that
 * it can be computed for any resample of the pairs: Koehn 2004, EMNLP, "Statistical Significance Tests for Machine
 * Translation Evaluation", section 3.
 *
 * @param pairs in the order of the texts
 * @param tokens how texts were cut
 */
public record BleuCounts(List<Pair> pairs, BleuTokens tokens) {
    public BleuCounts {
        pairs = List.copyOf(pairs);
    }

    /**
     * The counts of a pair, or their sums over a corpus.
     *
     * @param right how many runs of one to four tokens of the translation are in the reference, [4]
     * @param all how many such runs the translation has, [4]
     */
    record Pair(long[] right, long[] all, long translationTokens, long referenceTokens) {
        private static Pair of(List<String> translation, List<String> reference) {
            long[] right = new long[Bleu.LONGEST];
            long[] all = new long[Bleu.LONGEST];
            for (int n = 1; n <= Bleu.LONGEST; n++) {
                Map<List<String>, Integer> known = runs(reference, n);
                for (Map.Entry<List<String>, Integer> run : runs(translation, n).entrySet()) {
                    right[n - 1] += Math.min(run.getValue(), known.getOrDefault(run.getKey(), 0));
                }
                all[n - 1] += Math.max(0, translation.size() - n + 1);
            }
            return new Pair(right, all, translation.size(), reference.size());
        }

        private static Map<List<String>, Integer> runs(List<String> tokens, int n) {
            Map<List<String>, Integer> runs = new HashMap<>();
            for (int i = 0; i + n <= tokens.size(); i++) {
                runs.merge(tokens.subList(i, i + n), 1, Integer::sum);
            }
            return runs;
        }
    }

    /**
     * The counts of {@code translations} against {@code references}, one for each.
     *
     * @throws IllegalArgumentException when their numbers differ, or there are none
     */
    public static BleuCounts of(List<String> translations, List<String> references, BleuTokens tokens) {
        Check.that(
                translations.size() == references.size(),
                "each translation must have a reference",
                translations.size() + " translations and " + references.size() + " references");
        Check.that(!references.isEmpty(), "expected at least one translation", "none");
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            pairs.add(Pair.of(tokens.of(translations.get(i)), tokens.of(references.get(i))));
        }
        return new BleuCounts(pairs, tokens);
    }

    /** The score of the corpus. */
    public Bleu bleu() {
        return of(Resample.once(pairs.size()));
    }

    /** The score of resamples of the pairs. */
    public Counted score() {
        return counts -> of(counts).score();
    }

    private Bleu of(int[] counts) {
        long[] right = new long[Bleu.LONGEST];
        long[] all = new long[Bleu.LONGEST];
        long written = 0;
        long wanted = 0;
        for (int i = 0; i < counts.length; i++) {
            Pair pair = pairs.get(i);
            for (int n = 0; n < Bleu.LONGEST; n++) {
                right[n] += counts[i] * pair.right[n];
                all[n] += counts[i] * pair.all[n];
            }
            written += counts[i] * pair.translationTokens;
            wanted += counts[i] * pair.referenceTokens;
        }
        return Bleu.of(new Pair(right, all, written, wanted), tokens);
    }
}
