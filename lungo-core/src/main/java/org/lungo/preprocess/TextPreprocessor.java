package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.lungo.data.TextColumn;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.tensor.Check;

/** What is done with a column of texts: it is cleaned and cut into words, of which the frequent ones get numbers. */
public record TextPreprocessor(
        @JsonPropertyDescription("Whether texts are read in lower case; not for `bert`, whose tokenizer decides.")
        boolean lowercase,

        @JsonPropertyDescription(
                "The Unicode form: `nfc` writes a letter and its accents as one character, `nfkc` also turns"
                        + " variants, such as"
                        + " full-width letters, into plain characters.")
        Form unicode,

        @JsonPropertyDescription("Whether HTML tags are left out and entities, such as `&amp;`, are decoded.")
        boolean html,

        @JsonPropertyDescription("Words in fewer training rows count as unknown.")
        int minCount,

        @JsonPropertyDescription("The maximum size of the vocabulary, which holds the most frequent words.")
        int maxWords,

        @JsonPropertyDescription("The maximum number of words read of a text; later words are left out.")
        int maxTokens,

        @JsonPropertyDescription(
                "The share of training texts that are read whole, as far as `max_tokens` allows. The few longest"
                        + " texts are"
                        + " cut, so that they do not slow down all others.")
        double whole) {
    public static final TextPreprocessor DEFAULTS = new TextPreprocessor(true, Form.NFC, true, 2, 50_000, 512, 0.99);

    private static final int MAX_TOKENS = 1 << 16;

    public TextPreprocessor {
        Check.positive("min_count", minCount);
        Check.positive("max_words", maxWords);
        Check.that(maxTokens >= 1 && maxTokens <= MAX_TOKENS, "max_tokens must be from 1 to " + MAX_TOKENS, maxTokens);
        Check.that(whole > 0 && whole <= 1, "whole must be above 0 and at most 1", whole);
    }

    /** The forms of Unicode, see {@link java.text.Normalizer}. */
    public enum Form {
        @JsonProperty("none")
        NONE,
        @JsonProperty("nfc")
        NFC,
        @JsonProperty("nfkc")
        NFKC;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Learns the words and the length from the training rows. */
    public TokenIds fit(TextColumn column) {
        WordSplitter splitter = new WordSplitter(lowercase, unicode, html);
        Map<String, Count> counts = new HashMap<>();
        int[] lengths = new int[column.rows()];
        for (int row = 0; row < lengths.length; row++) {
            String text = column.values()[row];
            if (text != null) {
                lengths[row] = count(splitter, text, row, counts);
            }
        }
        Vocabulary words = new Vocabulary(counts.entrySet().stream()
                .filter(entry -> entry.getValue().texts >= minCount)
                .sorted(Comparator.comparing((Map.Entry<String, Count> entry) -> -entry.getValue().texts)
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(maxWords)
                .map(Map.Entry::getKey)
                .toList());
        int length = length(lengths.clone());
        return new TokenIds(column.name(), splitter, words, length, shortened(length, lengths));
    }

    /**
     * Learns the length from the training rows; {@code tokenizer} is one that is there. Lower case and words are its own.
     *
     * @param context the maximum number of tokens that its model reads
     */
    public Fitted.Tokens fit(TextColumn column, Tokenizer tokenizer, int context) {
        int[] lengths = Subwords.ids(tokenizer, unicode, html, column).stream()
                .mapToInt(ids -> ids.length)
                .toArray();
        int length = Math.min(context, length(lengths.clone()));
        return new Subwords(column.name(), tokenizer, unicode, html, length, shortened(length, lengths));
    }

    private static double shortened(int length, int... lengths) {
        return Arrays.stream(lengths).filter(n -> n > length).count() / (double) Math.max(1, lengths.length);
    }

    /** The number of texts that have a word. */
    private static final class Count {
        private int texts;
        private int last = -1;
    }

    private static int count(WordSplitter splitter, String text, int row, Map<String, Count> counts) {
        int[] tokens = {0};
        splitter.split(text, word -> {
            Count count = counts.computeIfAbsent(word, key -> new Count());
            if (count.last != row) {
                count.last = row;
                count.texts++;
            }
            tokens[0]++;
            return true;
        });
        return tokens[0];
    }

    /** The length that the wanted share of the texts does not pass. */
    private int length(int... lengths) {
        Arrays.sort(lengths);
        int place = (int) Math.ceil(whole * lengths.length) - 1;
        int longest = lengths.length == 0 ? 1 : lengths[Math.max(0, place)];
        return Math.max(1, Math.min(maxTokens, longest));
    }
}
