package org.lungo.family.tables.training;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.lungo.data.Batch;
import org.lungo.data.Features;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * {@link WordChanges} to every text of a batch.
 *
 * @param lengths the maximum number of tokens of each column of texts, in order
 * @param unknown the number of an unknown word
 */
public record WordNoise(WordChanges changes, List<Integer> lengths, int unknown) implements BatchTransform {
    public WordNoise {
        lengths = List.copyOf(lengths);
    }

    @Override
    public Batch apply(Batch batch, Random random) {
        Features features = batch.features();
        Tensor tokens = features.tokens(); // INT32 [rows, tokens of all texts]
        if (tokens == null) {
            return batch;
        }
        int rows = Math.toIntExact(tokens.size(0));
        int width = Math.toIntExact(tokens.size(1));
        int[] words =
                Arrays.stream(tokens.toLongs()).mapToInt(word -> (int) word).toArray();
        RandomGenerator generator = random.generator();
        for (int row = 0; row < rows; row++) {
            int start = row * width;
            for (int length : lengths) {
                int count = 0;
                while (count < length && words[start + count] != 0) {
                    count++;
                }
                changes.apply(words, start, count, unknown, generator);
                start += length;
            }
        }
        return new Batch(features.withTokens(Tensor.of(words, rows, width)), batch.targets());
    }
}
