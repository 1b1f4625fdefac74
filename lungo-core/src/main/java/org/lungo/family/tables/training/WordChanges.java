package org.lungo.family.tables.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.random.RandomGenerator;
import org.lungo.tensor.Check;

/**
 * What is done to the words of training texts: those operations of "EDA" that need no dictionary. Wei and Zou 2019,
 * arXiv:1901.11196, section 2; we swap neighbours, so that phrases stay together. At least one word of a text stays.
 */
public record WordChanges(
        @JsonPropertyDescription("The share of words that are swapped with the next word.")
        double swap,

        @JsonPropertyDescription("The share of words that are deleted.")
        double delete,

        @JsonPropertyDescription("The share of words that are deleted as one contiguous span, at a random place.")
        double span,

        @JsonPropertyDescription("The share of words that are replaced by the unknown word.")
        double mask) {
    public static final WordChanges NONE = new WordChanges(0, 0, 0, 0);

    public WordChanges {
        share("swap", swap);
        share("delete", delete);
        share("span", span);
        share("mask", mask);
    }

    private static void share(String name, double value) {
        Check.that(value >= 0 && value < 1, "words." + name + " must be at least 0 and below 1", value);
    }

    /** Whether words stay as they are. */
    public boolean changesNothing() {
        return equals(NONE);
    }

    /**
     * Changes the words from {@code start} to {@code start + count} in place; 0 fills what becomes free.
     *
     * @param unknown the number of an unknown word
     */
    void apply(int[] words, int start, int count, int unknown, RandomGenerator random) {
        for (int i = start; swap > 0 && i < start + count - 1; i++) {
            if (random.nextDouble() < swap) {
                int word = words[i];
                words[i] = words[i + 1];
                words[i + 1] = word;
                i++;
            }
        }
        int left = delete > 0 ? deleted(words, start, count, random) : count;
        int run = (int) Math.min(left - 1L, Math.round(span * left));
        if (run > 0) {
            int from = start + random.nextInt(left - run + 1);
            System.arraycopy(words, from + run, words, from, start + left - from - run);
            left -= run;
        }
        for (int i = start; mask > 0 && i < start + left; i++) {
            words[i] = random.nextDouble() < mask ? unknown : words[i];
        }
        java.util.Arrays.fill(words, start + left, start + count, 0);
    }

    private int deleted(int[] words, int start, int count, RandomGenerator random) {
        int last = count == 0 ? 0 : words[start + random.nextInt(count)]; // stays when no other does
        int left = 0;
        for (int i = start; i < start + count; i++) {
            if (random.nextDouble() >= delete) {
                words[start + left++] = words[i];
            }
        }
        if (left == 0 && count > 0) {
            words[start] = last;
            left = 1;
        }
        return left;
    }
}
