package org.lungo.preprocess.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All ways to write a word with pieces, under the pieces' own probabilities. Kudo 2018, arXiv:1804.10959, section 3.2. A
 * character that is no piece is written as unknown.
 */
final class PieceLattice {
    private static final double UNKNOWN = 10;

    private final PieceTrie trie;
    private final double[] scores;
    private final double unknown;

    /**
     * @param texts the pieces' characters
     * @param scores the logarithm of each piece's probability
     */
    PieceLattice(List<int[]> texts, double[] scores) {
        this.trie = new PieceTrie(texts);
        this.scores = scores;
        this.unknown = Arrays.stream(scores).min().orElse(0) - UNKNOWN;
    }

    /** Adds to {@code expected} how often each piece is used on average, times {@code count}. */
    void expect(int[] word, double count, double[] expected) {
        int length = word.length;
        double[] before = new double[length + 1];
        double[] after = new double[length + 1];
        Arrays.fill(before, 1, length + 1, Double.NEGATIVE_INFINITY);
        Arrays.fill(after, 0, length, Double.NEGATIVE_INFINITY);
        for (int start = 0; start < length; start++) {
            double here = before[start];
            edges(word, start, (end, piece) -> before[end] = logSum(before[end], here + score(piece)));
        }
        for (int i = length - 1; i >= 0; i--) {
            int start = i;
            edges(word, start, (end, piece) -> after[start] = logSum(after[start], score(piece) + after[end]));
        }
        for (int i = 0; i < length; i++) {
            double here = before[i] - before[length];
            edges(word, i, (end, piece) -> {
                if (piece >= 0) {
                    expected[piece] += count * Math.exp(here + scores[piece] + after[end]);
                }
            });
        }
    }

    /** The pieces of the likeliest way to write {@code word}, -1 for unknown; without {@code banned} (-1 bans none). */
    List<Integer> best(int[] word, int banned) {
        int length = word.length;
        double[] score = new double[length + 1];
        Arrays.fill(score, 1, length + 1, Double.NEGATIVE_INFINITY);
        int[] from = new int[length + 1];
        int[] by = new int[length + 1];
        for (int i = 0; i < length; i++) {
            int start = i;
            edges(word, start, (end, piece) -> {
                double candidate = score[start] + score(piece);
                if ((piece < 0 || piece != banned) && candidate > score[end]) {
                    score[end] = candidate;
                    from[end] = start;
                    by[end] = piece;
                }
            });
        }
        List<Integer> pieces = new ArrayList<>();
        for (int at = length; at > 0; at = from[at]) {
            pieces.add(0, by[at]);
        }
        return pieces;
    }

    double score(int piece) {
        return piece < 0 ? unknown : scores[piece];
    }

    private void edges(int[] word, int start, PieceTrie.Found found) {
        boolean[] single = new boolean[1];
        trie.find(word, start, (end, piece) -> {
            single[0] |= end == start + 1;
            found.piece(end, piece);
        });
        if (!single[0]) {
            found.piece(start + 1, -1);
        }
    }

    private static double logSum(double a, double b) {
        double max = Math.max(a, b);
        return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
    }
}
