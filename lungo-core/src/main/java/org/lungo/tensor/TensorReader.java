package org.lungo.tensor;

/** Copies a tensor's elements into Java arrays. */
final class TensorReader {
    private TensorReader() {}

    static float[] floats(Tensor tensor) {
        float[] values = new float[length(tensor)];
        try (org.bytedeco.pytorch.Tensor plain = plain(tensor, DType.FLOAT32)) {
            if (values.length > 0) {
                plain.data_ptr_float().get(values);
            }
        }
        return values;
    }

    static double[] doubles(Tensor tensor) {
        double[] values = new double[length(tensor)];
        try (org.bytedeco.pytorch.Tensor plain = plain(tensor, DType.FLOAT64)) {
            if (values.length > 0) {
                plain.data_ptr_double().get(values);
            }
        }
        return values;
    }

    static long[] longs(Tensor tensor) {
        long[] values = new long[length(tensor)];
        try (org.bytedeco.pytorch.Tensor plain = plain(tensor, DType.INT64)) {
            if (values.length > 0) {
                plain.data_ptr_long().get(values);
            }
        }
        return values;
    }

    private static int length(Tensor tensor) {
        return Math.toIntExact(tensor.elements());
    }

    private static org.bytedeco.pytorch.Tensor plain(Tensor tensor, DType dtype) {
        try (org.bytedeco.pytorch.Tensor detached = tensor.handle().detach();
                org.bytedeco.pytorch.Tensor near = detached.cpu();
                org.bytedeco.pytorch.Tensor typed = near.to(dtype.scalarType())) {
            return typed.contiguous();
        }
    }
}
