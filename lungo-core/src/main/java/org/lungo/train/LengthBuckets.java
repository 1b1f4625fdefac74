package org.lungo.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;

/**
 * Batches of sequences of similar length, so that little padding is computed. A batch holds as many sequences as fit
 * {@code tokens} when each is padded to the longest of them; a sequence that is longer than that is a batch by itself. In
 * every epoch sequences of equal length meet in a new order and the batches come in a new order; the batches depend on the
 * lengths and the epoch's randomness alone.
 *
 * @param lengths of the sequences, in tokens
 * @param others what sequences of equal length are further sorted by: of pairs, the lengths of the other side
 * @param tokens the maximum number of tokens in a batch, padding included
 */
public record LengthBuckets(int[] lengths, int[] others, int tokens) {
    /** Checks that there is something to learn from. */
    public LengthBuckets {
        Check.that(lengths.length > 0, "expected at least one sequence", "none");
        Check.that(
                others.length == lengths.length,
                "each sequence must have another length, too",
                lengths.length + " and " + others.length);
        Check.positive("tokens", tokens);
        lengths = lengths.clone();
        others = others.clone();
    }

    /** Batches of sequences by themselves. */
    public LengthBuckets(int[] lengths, int tokens) {
        this(lengths, new int[lengths.length], tokens);
    }

    /** The number of batches, the same in every epoch. */
    public int batches() {
        return cut(sorted(IntStream.range(0, lengths.length).toArray())).size();
    }

    /** The batches of an epoch in the order in which they are learned: the places of their sequences. */
    public List<int[]> epoch(Random random) {
        List<int[]> batches = cut(sorted(random.stream("within").permutation(lengths.length)));
        int[] order = random.stream("batches").permutation(batches.size());
        return Arrays.stream(order).mapToObj(batches::get).toList();
    }

    /** The batches from the shortest sequences to the longest, for validation. */
    public List<int[]> inOrder() {
        return cut(sorted(IntStream.range(0, lengths.length).toArray()));
    }

    /** The places by length; those of equal length in the order in which they come. */
    private int[] sorted(int[] places) {
        return Arrays.stream(places)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(place -> lengths[place])
                        .thenComparingInt(place -> others[place]))
                .mapToInt(place -> place)
                .toArray();
    }

    private List<int[]> cut(int... places) {
        List<int[]> batches = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= places.length; to++) {
            boolean full = to < places.length && (long) (to - from + 1) * lengths[places[to]] > tokens;
            if (full || to == places.length) {
                batches.add(Arrays.copyOfRange(places, from, to));
                from = to;
            }
        }
        return batches;
    }
}
