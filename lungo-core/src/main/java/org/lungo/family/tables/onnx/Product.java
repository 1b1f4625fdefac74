package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** How the dense products of a network are written. */
@FunctionalInterface
interface Product {
    /** Weights as they are trained. */
    Product FLOAT = (graph, x, weight) -> graph.node("MatMul", x, graph.floats(weight.values(), weight.shape()));

    /**
     * Weights as 8-bit numbers with a scale per output; inputs become 8-bit numbers with a scale for all that are asked about
     * together ("dynamic quantisation").
     */
    Product INT8 = Product::quantized;

    /**
     * The largest 8-bit weight. Half of what would fit: processors without VNNI add pairs of products in 16 bits and
     * saturate, and 2 * 255 * 63 still fits there.
     */
    int LARGEST = 63;

    /** {@code x}: FLOAT [..., in]. Returns FLOAT [..., out]. */
    String of(Graph graph, String x, Weight weight);

    private static String quantized(Graph graph, String x, Weight weight) {
        float[] scales = scales(weight);
        byte[] values = new byte[weight.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Math.round(weight.values()[i] / scales[scale(weight, i)]);
        }
        List<String> input = graph.nodes("DynamicQuantizeLinear", 3, List.of(), x); // UINT8 [..., in], scale, zero
        String product = graph.node(
                "MatMulInteger", input.get(0), graph.bytes(values, weight.shape()), input.get(2)); // INT32 [..., out]
        long[] shape =
                weight.members() == 1 ? new long[] {weight.out()} : new long[] {weight.members(), 1, weight.out()};
        String scale = graph.node("Mul", input.get(1), graph.floats(scales, shape));
        return graph.node("Mul", graph.cast(DataType.FLOAT, product), scale);
    }

    /** [members, out]. */
    private static float[] scales(Weight weight) {
        float[] scales = new float[weight.members() * weight.out()];
        for (int i = 0; i < weight.values().length; i++) {
            int scale = scale(weight, i);
            scales[scale] = Math.max(scales[scale], Math.abs(weight.values()[i]) / LARGEST);
        }
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scales[i] > 0 ? scales[i] : 1;
        }
        return scales;
    }

    /** Which scale the weight at place {@code i} has. */
    private static int scale(Weight weight, int i) {
        return i / (weight.in() * weight.out()) * weight.out() + i % weight.out();
    }
}
