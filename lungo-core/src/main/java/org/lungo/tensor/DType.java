package org.lungo.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** The type of a tensor's elements. */
public enum DType {
    FLOAT32(4, ScalarType.Float, "F32"),
    FLOAT64(8, ScalarType.Double, "F64"),
    FLOAT16(2, ScalarType.Half, "F16"),
    BFLOAT16(2, ScalarType.BFloat16, "BF16"),
    INT64(8, ScalarType.Long, "I64"),
    INT32(4, ScalarType.Int, "I32"),
    INT16(2, ScalarType.Short, "I16"),
    INT8(1, ScalarType.Char, "I8"),
    UINT8(1, ScalarType.Byte, "U8"),
    BOOL(1, ScalarType.Bool, "BOOL");

    private final int bytes;
    private final ScalarType scalarType;
    private final String safetensors;

    DType(int bytes, ScalarType scalarType, String safetensors) {
        this.bytes = bytes;
        this.scalarType = scalarType;
        this.safetensors = safetensors;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }

    /** True for the types that can carry gradients. */
    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64 || this == FLOAT16 || this == BFLOAT16;
    }

    ScalarType scalarType() {
        return scalarType;
    }

    /** The name in a safetensors header, for example {@code F32}. */
    String safetensors() {
        return safetensors;
    }

    static DType of(ScalarType scalarType) {
        for (DType dtype : values()) {
            if (dtype.scalarType.value == scalarType.value) {
                return dtype;
            }
        }
        throw new IllegalArgumentException("element type must be one of the supported types. Received: " + scalarType);
    }
}
