package org.lungo.preprocess;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.Spelling;
import org.lungo.tensor.Check;

/**
 * The values of a category that training knew, in order. It knows the place of each, so that to look one up costs the same
 * for ten values and for ten thousand. In JSON the list of the values.
 */
public final class Vocabulary {
    private final List<String> values;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Object, Integer> meanings = new HashMap<>();

    /**
     * The given values in the given order.
     *
     * @throws IllegalArgumentException when one stands there twice
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Vocabulary(List<String> values) {
        this.values = List.copyOf(values);
        for (String value : this.values) {
            Integer earlier = places.put(value, places.size());
            Check.that(earlier == null, "the values of a category must differ", "'" + value + "' twice");
            Object meaning = Spelling.meaning(value);
            if (meaning != null) {
                meanings.merge(meaning, places.size() - 1, (one, other) -> -1); // two say it: neither is meant
            }
        }
    }

    /** The values in order. */
    @JsonValue
    public List<String> values() {
        return values;
    }

    /** The number of values. */
    public int size() {
        return values.size();
    }

    /** The place of {@code value} from 0; -1 when it is unknown or missing. */
    public int indexOf(@Nullable String value) {
        return places.getOrDefault(value, -1);
    }

    /**
     * The place of the value that {@code name} is, or means in another spelling: {@code 1.0} is {@code 1}, and {@code true} is
     * {@code True} where that is the one that is known. -1 when it is unknown or missing.
     */
    int placeOf(@Nullable String name) {
        Integer place = places.get(name);
        if (place != null || name == null) {
            return place == null ? -1 : place;
        }
        Integer spelled = places.get(Spelling.of(name));
        return spelled != null ? spelled : meanings.getOrDefault(Spelling.meaning(name), -1);
    }

    /** True when {@code value} is one of the values. */
    public boolean contains(@Nullable String value) {
        return places.containsKey(value);
    }

    /** How many values of {@code column} are present and not among these. */
    long unknown(Column column) {
        long unknown = 0;
        for (int row = 0; row < column.rows(); row++) {
            unknown += column.missing(row) || placeOf(column.text(row)) >= 0 ? 0 : 1;
        }
        return unknown;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vocabulary vocabulary && values.equals(vocabulary.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
