package org.lungo.preprocess;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lungo.data.Column;
import org.lungo.data.TextColumn;

/** A category as its share of the training rows; 0 when it is unknown or missing. */
public record Frequency(String column, Map<String, Double> shares) implements Fitted.Numbers {
    static Frequency fit(TextColumn column) {
        Map<String, Double> shares = new TreeMap<>();
        CategoryCounts.counts(column).forEach((value, count) -> shares.put(value, count / (double) column.rows()));
        return new Frequency(column.name(), shares);
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public List<String> outputs() {
        return List.of(column + ".frequency");
    }

    @Override
    public List<String> known() {
        return List.copyOf(shares.keySet());
    }

    @Override
    public void write(Column texts, float[] target, int at, int stride) {
        String[] names = ((TextColumn) texts).values();
        for (int row = 0; row < names.length; row++) {
            String name = names[row];
            target[at + row * stride] =
                    name == null ? 0 : shares.getOrDefault(name, 0.0).floatValue();
        }
    }
}
