package org.lungo.family.tables.onnx;

import org.lungo.tensor.Tensor;

/**
 * The weight of a dense product {@code x W}.
 *
 * @param values [members, in, out] in row-major order
 * @param members the number of products; 1 when there is one for all
 */
record Weight(float[] values, int members, int in, int out) {
    /** {@code weight}: [out, in], as a {@link org.lungo.nn.Linear} has it. */
    static Weight ofLinear(Tensor weight) {
        int out = (int) weight.size(0);
        int in = (int) weight.size(1);
        float[] rows = weight.toFloats();
        float[] values = new float[rows.length];
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                values[i * out + o] = rows[o * in + i];
            }
        }
        return new Weight(values, 1, in, out);
    }

    /** {@code weight}: [members, in, out]. */
    static Weight ofMembers(Tensor weight) {
        return new Weight(weight.toFloats(), (int) weight.size(0), (int) weight.size(1), (int) weight.size(2));
    }

    /** [in, out] or [members, in, out]. */
    long[] shape() {
        return members == 1 ? new long[] {in, out} : new long[] {members, in, out};
    }
}
