package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.lungo.data.Column;
import org.lungo.data.TextColumn;

/**
 * A text as the numbers of its words, from 2 by frequency; 1 is an unknown word, 0 stands after the last one. A missing
 * text is one without words.
 *
 * @param length the maximum number of words read of a text
 * @param shortened the share of the training texts that have more
 */
public record TokenIds(
        String column,
        WordSplitter splitter,
        @JsonProperty("words") Vocabulary vocabulary,
        int length,
        double shortened)
        implements Fitted.Tokens {
    /** The number of words that are in no vocabulary. */
    private static final int UNKNOWN = 1;

    private static final int FIRST = 2;

    @Override
    public int size() {
        return vocabulary.size() + FIRST;
    }

    @Override
    public int unknown() {
        return UNKNOWN;
    }

    @Override
    public String unit() {
        return "words";
    }

    @Override
    public void write(Column texts, int[] target, int at, int stride) {
        String[] values = ((TextColumn) texts).values();
        for (int row = 0; row < values.length; row++) {
            String text = values[row];
            if (text != null) {
                write(text, target, at + row * stride);
            }
        }
    }

    private void write(String text, int[] target, int start) {
        int[] filled = {0};
        splitter.split(text, word -> {
            int place = vocabulary.indexOf(word);
            target[start + filled[0]++] = place < 0 ? UNKNOWN : place + FIRST;
            return filled[0] < length;
        });
    }
}
