package org.lungo.preprocess;

import java.util.List;
import java.util.Map;
import org.lungo.data.Column;
import org.lungo.data.TextColumn;

/** A category as its place in the list of values, from 1; 0 when it is unknown or missing. */
public record CategoryIndex(String column, List<String> values) implements Fitted.Index {
    public CategoryIndex {
        values = List.copyOf(values);
    }

    @Override
    public int cardinality() {
        return values.size() + 1;
    }

    @Override
    public void write(Column texts, long[] target, int at, int stride) {
        Map<String, Integer> positions = CategoryCounts.positions(values);
        String[] names = ((TextColumn) texts).values();
        for (int row = 0; row < names.length; row++) {
            Integer position = positions.get(names[row]);
            target[at + row * stride] = position == null ? 0 : position + 1;
        }
    }
}
