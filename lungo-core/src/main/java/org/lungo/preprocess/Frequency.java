package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.TextColumn;

/** A category as its share of the training rows; 0 when it is unknown or missing. */
public record Frequency(String column, Shares shares) implements Fitted.Numbers {
    /** The share of each value by its place. In JSON an object. */
    public static final class Shares {
        private final Vocabulary values;
        private final float[] shares;
        private final Map<String, Double> map;

        /** A copy of {@code map}, in its order. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public Shares(Map<String, Double> map) {
            this.map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
            this.values = new Vocabulary(List.copyOf(this.map.keySet()));
            this.shares = new float[map.size()];
            this.map.forEach((value, share) -> shares[values.indexOf(value)] = share.floatValue());
        }

        /** The share of each value. */
        @JsonValue
        public Map<String, Double> map() {
            return map;
        }

        /** The share of the value that {@code name} spells; 0 when it is unknown or missing. */
        float of(@Nullable String name) {
            int place = values.placeOf(name);
            return place < 0 ? 0 : shares[place];
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Shares same && map.equals(same.map);
        }

        @Override
        public int hashCode() {
            return map.hashCode();
        }

        @Override
        public String toString() {
            return map.toString();
        }
    }

    static Frequency fit(TextColumn column) {
        Map<String, Double> shares = new TreeMap<>();
        CategoryCounts.counts(column).forEach((value, count) -> shares.put(value, count / (double) column.rows()));
        return new Frequency(column.name(), new Shares(shares));
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
        return shares.values.values();
    }

    @Override
    public long unknown(Column texts) {
        return shares.values.unknown(texts);
    }

    @Override
    public void write(Column texts, float[] target, int at, int stride) {
        String[] names = ((TextColumn) texts).values();
        for (int row = 0; row < names.length; row++) {
            target[at + row * stride] = shares.of(names[row]);
        }
    }
}
