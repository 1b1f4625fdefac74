package org.lungo.server.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The datatypes of the Open Inference Protocol. */
enum Datatype {
    BOOL(0, 1, true),
    UINT8(0, 255, true),
    UINT16(0, 65_535, true),
    UINT32(0, 4_294_967_295.0, true),
    UINT64(0, 18_446_744_073_709_551_615.0, true),
    INT8(-128, 127, true),
    INT16(-32_768, 32_767, true),
    INT32(Integer.MIN_VALUE, Integer.MAX_VALUE, true),
    INT64(Long.MIN_VALUE, Long.MAX_VALUE, true),
    FP16(-65_504, 65_504, false),
    FP32(-Float.MAX_VALUE, Float.MAX_VALUE, false),
    FP64(-Double.MAX_VALUE, Double.MAX_VALUE, false),
    BYTES(0, 0, false);

    private final double min;
    private final double max;
    private final boolean whole;

    Datatype(double min, double max, boolean whole) {
        this.min = min;
        this.max = max;
        this.whole = whole;
    }

    /** The datatype {@code name} of input {@code input}. */
    static Datatype of(String input, @Nullable Object name) {
        for (Datatype type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw HttpFailure.badRequest(
                "input '" + input + "': datatype must be one of " + Arrays.toString(values()) + ". Received: " + name);
    }

    /** Whether a value from JSON is of this type; null stands for a missing one. */
    boolean fits(@Nullable Object value) {
        if (value == null) {
            return true;
        }
        if (this == BYTES) {
            return value instanceof String;
        }
        if (this == BOOL || value instanceof Boolean) {
            return this == BOOL && value instanceof Boolean;
        }
        return value instanceof Number number
                && number.doubleValue() >= min
                && number.doubleValue() <= max
                && (!whole || number.doubleValue() == Math.rint(number.doubleValue()));
    }
}
