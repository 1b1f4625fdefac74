package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.TextColumn;

/** A category as its place in the vocabulary, from 1; 0 when it is unknown or missing. */
public record CategoryIndex(
        String column, @JsonProperty("values") Vocabulary vocabulary) implements Fitted.Index {
    @Override
    public int cardinality() {
        return vocabulary.size() + 1;
    }

    @Override
    public List<String> known() {
        return vocabulary.values();
    }

    @Override
    public long unknown(Column texts) {
        return vocabulary.unknown(texts);
    }

    @Override
    public void write(Column texts, long[] target, int at, int stride) {
        String[] names = ((TextColumn) texts).values();
        for (int row = 0; row < names.length; row++) {
            target[at + row * stride] = vocabulary.placeOf(names[row]) + 1L;
        }
    }
}
