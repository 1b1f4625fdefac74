package org.lungo.preprocess.tokenizer;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.lungo.tensor.Check;

/**
 * A text or a pair of texts as tokens, special ones included. All arrays are [tokens].
 *
 * @param ids the tokens' places in the vocabulary
 * @param typeIds 0 for the first text and 1 for the second, as BERT's segments; other models may use 0 throughout
 * @param attentionMask 1 for every token; a batch pads it with 0
 * @param starts where each token starts in its text, in {@code char}s; 0 for a special token
 * @param ends where each token ends in its text, in {@code char}s, exclusive; 0 for a special token
 * @param words which word of its text a token belongs to, from 0; -1 for a special token
 * @param sequences which text a token belongs to, 0 or 1; -1 for a special token
 */
public record Encoding(
        int[] ids, int[] typeIds, int[] attentionMask, int[] starts, int[] ends, int[] words, int[] sequences) {
    public Encoding {
        for (int[] other : new int[][] {typeIds, attentionMask, starts, ends, words, sequences}) {
            Check.that(
                    other.length == ids.length,
                    "all parts of an encoding must have one number per token",
                    ids.length + " and " + other.length);
        }
    }

    /** The number of tokens. */
    public int length() {
        return ids.length;
    }

    /**
     * At most {@code maxTokens} tokens: the longer text loses tokens from its end until both fit, and special tokens stay.
     *
     * @throws IllegalArgumentException when there are more special tokens than {@code maxTokens}
     */
    public Encoding shortened(int maxTokens) {
        if (length() <= maxTokens) {
            return this;
        }
        int[] kept = new int[2];
        for (int sequence : sequences) {
            if (sequence >= 0) {
                kept[sequence]++;
            }
        }
        int special = length() - kept[0] - kept[1];
        Check.that(special <= maxTokens, "the length must leave room for " + special + " special tokens", maxTokens);
        while (special + kept[0] + kept[1] > maxTokens) {
            kept[kept[0] >= kept[1] ? 0 : 1]--;
        }
        int[] seen = new int[2];
        return keeping(token -> sequences[token] < 0 || seen[sequences[token]]++ < kept[sequences[token]]);
    }

    private Encoding keeping(IntPredicate kept) {
        int[] tokens = IntStream.range(0, length()).filter(kept).toArray();
        return new Encoding(
                at(tokens, ids),
                at(tokens, typeIds),
                at(tokens, attentionMask),
                at(tokens, starts),
                at(tokens, ends),
                at(tokens, words),
                at(tokens, sequences));
    }

    private static int[] at(int[] tokens, int[] values) {
        return Arrays.stream(tokens).map(token -> values[token]).toArray();
    }
}
