package org.lungo.evaluate;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;

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
}
