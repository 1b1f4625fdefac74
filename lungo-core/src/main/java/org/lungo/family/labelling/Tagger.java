package org.lungo.family.labelling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lungo.data.LabelScheme;
import org.lungo.nn.ConditionalRandomField;
import org.lungo.nn.Linear;
import org.lungo.tensor.DType;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Gives every token of a sentence a label: an {@linkplain SentenceEncoder encoder}, a dense layer that scores each label
 * for each token, and a conditional random field that scores what follows what (Lample et al. 2016, arXiv:1603.01360), or
 * none, and then each token's label is chosen alone.
 *
 * @param labels their names; entities in the scheme BIO
 * @param head from the encoder's width to the labels
 */
public record Tagger(
        List<String> labels,
        SentenceEncoder encoder,
        Linear head,
        @Nullable ConditionalRandomField field) {
    private static final int TOKENS_AT_ONCE = 4096;

    public Tagger {
        labels = List.copyOf(labels);
    }

    /** The score of each label for each token: FLOAT32 [batch, seq, labels]. See {@link SentenceEncoder#forward}. */
    public Tensor emissions(List<List<String>> sentences) {
        Tensor scores = head.forward(encoder.forward(sentences)); // [batch, seq, labels]
        return scores.dtype() == DType.FLOAT32 ? scores : scores.to(DType.FLOAT32);
    }

    /**
     * The likeliest labels of any sentences. Those of similar length are read together; one that is longer than the encoder
     * reads is read in parts.
     */
    public List<List<String>> label(List<List<String>> sentences) {
        List<List<String>> parts = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (List<String> sentence : sentences) {
            List<List<String>> cut = parts(sentence, encoder.longest());
            parts.addAll(cut);
            counts.add(cut.size());
        }
        List<List<String>> labelled = inGroups(parts);
        List<List<String>> joined = new ArrayList<>();
        int at = 0;
        for (int count : counts) {
            joined.add(labelled.subList(at, at + count).stream()
                    .flatMap(List::stream)
                    .toList());
            at += count;
        }
        return joined;
    }

    /** {@code items} in parts of {@code longest} at most. */
    public static <T> List<List<T>> parts(List<T> items, int longest) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < items.size(); from += longest) {
            parts.add(items.subList(from, Math.min(items.size(), from + longest)));
        }
        return parts;
    }

    private List<List<String>> inGroups(List<List<String>> sentences) {
        int[] order = IntStream.range(0, sentences.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> -sentences.get(place).size()))
                .mapToInt(place -> place)
                .toArray();
        List<List<String>> labelled = new ArrayList<>(Collections.nCopies(sentences.size(), List.of()));
        for (int from = 0; from < order.length; ) {
            int longest = sentences.get(order[from]).size();
            int to = Math.min(order.length, from + Math.max(1, TOKENS_AT_ONCE / longest));
            List<List<String>> group =
                    Arrays.stream(order, from, to).mapToObj(sentences::get).toList();
            try (Scope scope = Scope.inference()) {
                int[] lengths = group.stream().mapToInt(List::size).toArray();
                List<List<String>> answers = decode(emissions(group), lengths);
                for (int i = from; i < to; i++) {
                    labelled.set(order[i], answers.get(i - from));
                }
            }
            from = to;
        }
        return labelled;
    }

    /**
     * The labels that scores speak for.
     *
     * @param emissions [batch, seq, labels]
     * @param lengths of the sentences
     */
    public List<List<String>> decode(Tensor emissions, int... lengths) {
        List<List<String>> decoded = new ArrayList<>();
        int[][] best = field == null ? best(emissions, lengths) : field.decode(emissions, lengths);
        for (int[] row : best) {
            decoded.add(Arrays.stream(row).mapToObj(labels::get).toList());
        }
        return decoded;
    }

    private static int[][] best(Tensor emissions, int... lengths) {
        long[] best = emissions.argmax(2).toLongs(); // [batch * seq]
        int[][] rows = new int[lengths.length][];
        for (int row = 0; row < lengths.length; row++) {
            rows[row] = new int[lengths[row]];
            for (int i = 0; i < lengths[row]; i++) {
                rows[row][i] = (int) best[row * (int) emissions.size(1) + i];
            }
        }
        return rows;
    }

    /** What the scheme BIO says of {@code labels}: which may follow which. Plain labels may all follow each other. */
    static ConditionalRandomField.Permission permission(List<String> labels, boolean plain) {
        return plain
                ? ConditionalRandomField.Permission.ALL
                : (before, label) -> LabelScheme.mayFollow(before < 0 ? null : labels.get(before), labels.get(label));
    }
}
