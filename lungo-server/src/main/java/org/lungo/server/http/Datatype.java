package org.lungo.server.http;

import java.nio.ByteBuffer;
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

    /** The bytes of a value in binary tensors; of a text, those of its length. */
    int bytes() {
        return switch (this) {
            case BOOL, UINT8, INT8 -> 1;
            case UINT16, INT16, FP16 -> 2;
            case UINT32, INT32, FP32, BYTES -> 4;
            case UINT64, INT64, FP64 -> 8;
        };
    }

    /** The next value of a binary tensor, as JSON would give it. */
    Object read(ByteBuffer in) {
        return switch (this) {
            case BOOL -> in.get() != 0;
            case UINT8 -> (long) (in.get() & 0xff);
            case INT8 -> (long) in.get();
            case UINT16 -> (long) (in.getShort() & 0xffff);
            case INT16 -> (long) in.getShort();
            case UINT32 -> Integer.toUnsignedLong(in.getInt());
            case INT32 -> (long) in.getInt();
            case UINT64 -> unsigned(in.getLong());
            case INT64 -> in.getLong();
            case FP16 -> half(in.getShort());
            case FP32 -> (double) in.getFloat();
            case FP64 -> in.getDouble();
            case BYTES -> throw new IllegalStateException("texts have lengths of their own");
        };
    }

    private static Object unsigned(long value) {
        return value >= 0 ? (Object) value : (Object) (2 * (double) (value >>> 1) + (value & 1));
    }

    /** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double size = exponent == 0
                ? fraction * 0x1p-24
                : exponent == 31
                        ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                        : Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        return bits < 0 ? -size : size;
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
