package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.TextColumn;

/** A category as one number per value, 1 for its own and 0 for the others; all 0 when it is unknown or missing. */
public record OneHot(String column, @JsonProperty("values") Vocabulary vocabulary) implements Fitted.Numbers {
    @Override
    public int width() {
        return vocabulary.size();
    }

    @Override
    public List<String> outputs() {
        return vocabulary.values().stream().map(value -> column + "=" + value).toList();
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
    public void write(Column texts, float[] target, int at, int stride) {
        String[] names = ((TextColumn) texts).values();
        for (int row = 0; row < names.length; row++) {
            int place = vocabulary.placeOf(names[row]);
            if (place >= 0) {
                target[at + row * stride + place] = 1;
            }
        }
    }
}
