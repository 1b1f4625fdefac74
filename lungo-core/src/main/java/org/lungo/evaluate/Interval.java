package org.lungo.evaluate;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/** Where a value lies with the stated confidence; {@code [low, high]} in JSON. NaN at both ends when undefined. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Interval(double low, double high) {
    /** No interval. */
    static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

    /** True when there is one. */
    @JsonIgnore
    public boolean isDefined() {
        return !Double.isNaN(low);
    }

    /** Whether all of it is better than {@code baseline}; null when either is undefined. */
    @Nullable
    Boolean beats(double baseline, Direction direction) {
        if (!isDefined() || Double.isNaN(baseline)) {
            return null;
        }
        return direction.isBetter(direction == Direction.HIGHER ? low : high, baseline);
    }
}
