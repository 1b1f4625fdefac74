package org.lungo.preprocess;

import java.util.List;
import java.util.Map;
import org.lungo.data.Column;
import org.lungo.data.TextColumn;

/** A category as one number per value, 1 for its own and 0 for the others; all 0 when it is unknown or missing. */
public record OneHot(String column, List<String> values) implements Fitted.Numbers {
    public OneHot {
        values = List.copyOf(values);
    }

    @Override
    public List<String> outputs() {
        return values.stream().map(value -> column + "=" + value).toList();
    }

    @Override
    public void write(Column texts, float[] target, int at, int stride) {
        Map<String, Integer> positions = CategoryCounts.positions(values);
        String[] names = ((TextColumn) texts).values();
        for (int row = 0; row < names.length; row++) {
            Integer position = positions.get(names[row]);
            if (position != null) {
                target[at + row * stride + position] = 1;
            }
        }
    }
}
