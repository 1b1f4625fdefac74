package org.lungo.family.translation.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.tensor.Check;
import org.lungo.tensor.Tensor;
import org.lungo.train.LengthBuckets;

/**
 * Texts with their translations as token ids.
 *
 * @param sources each with its end
 * @param targets each with its start and its end
 */
public record TokenPairs(List<int[]> sources, List<int[]> targets) {
    public TokenPairs {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
        Check.that(
                sources.size() == targets.size(),
                "each text must have a translation",
                sources.size() + " and " + targets.size());
    }

    /** The number of pairs. */
    public int size() {
        return sources.size();
    }

    /** The number of tokens to predict: those of the translations with their ends. */
    public long targetTokens() {
        return targets.stream().mapToLong(target -> target.length - 1L).sum();
    }

    /** The number of tokens to read: those of the texts with their ends. */
    public long sourceTokens() {
        return sources.stream().mapToLong(source -> source.length).sum();
    }

    /** Some of the pairs. */
    TokenPairs select(int... places) {
        return new TokenPairs(
                Arrays.stream(places).mapToObj(sources::get).toList(),
                Arrays.stream(places).mapToObj(targets::get).toList());
    }

    /** The first pairs, for the golden examples of a model. */
    List<GoldenTokens.Given> golden() {
        return IntStream.range(0, Math.min(GoldenTokens.EXAMPLES, size()))
                .mapToObj(i -> new GoldenTokens.Given(list(sources.get(i)), list(targets.get(i))))
                .toList();
    }

    private static List<Long> list(int... ids) {
        return Arrays.stream(ids).asLongStream().boxed().toList();
    }

    /** The same for each of some pairs, [places]. */
    int[] targetTokens(int[] places) {
        return Arrays.stream(places).map(place -> targets.get(place).length - 1).toArray();
    }

    /** Batches of pairs whose translations, and then whose texts, are of similar length. */
    LengthBuckets buckets(int batchTokens) {
        int[] predicted = targets.stream().mapToInt(target -> target.length - 1).toArray();
        int[] read = sources.stream().mapToInt(source -> source.length).toArray();
        return new LengthBuckets(predicted, read, batchTokens);
    }

    /**
     * Some of the pairs, short ones filled with padding.
     *
     * @param places indices of the pairs
     */
    Padded padded(int... places) {
        return new Padded(
                Rows.of(Arrays.stream(places).mapToObj(sources::get).toList(), 0),
                Rows.of(Arrays.stream(places).mapToObj(targets::get).toList(), 1));
    }

    /** A batch of pairs; of the targets the tokens that others are predicted from, all but the last. */
    record Padded(Rows source, Rows target) {}

    /**
     * Sequences of different lengths in one tensor.
     *
     * @param tokens [batch, sequence] INT64; 0 where there are none
     * @param kept [batch, sequence] BOOL, true where there are
     * @param places INT64, where there are tokens in the flattened rows
     * @param next INT64, the tokens that follow those
     */
    record Rows(Tensor tokens, Tensor kept, long[] places, long[] next) {
        /** Rows without the last {@code left} tokens of each sequence; {@code next} is empty when none is left out. */
        static Rows of(List<int[]> sequences, int left) {
            int longest =
                    sequences.stream().mapToInt(ids -> ids.length - left).max().orElse(0);
            int all = sequences.stream().mapToInt(ids -> ids.length - left).sum();
            long[] tokens = new long[sequences.size() * longest];
            long[] kept = new long[tokens.length];
            long[] places = new long[all];
            long[] next = new long[left == 0 ? 0 : all];
            int count = 0;
            for (int row = 0; row < sequences.size(); row++) {
                int[] ids = sequences.get(row);
                for (int i = 0; i < ids.length - left; i++) {
                    int place = row * longest + i;
                    tokens[place] = ids[i];
                    kept[place] = 1;
                    places[count] = place;
                    if (left > 0) {
                        next[count] = ids[i + 1];
                    }
                    count++;
                }
            }
            Tensor marks = Tensor.of(kept, sequences.size(), longest);
            return new Rows(Tensor.of(tokens, sequences.size(), longest), marks.gt(0), places, next);
        }
    }
}
