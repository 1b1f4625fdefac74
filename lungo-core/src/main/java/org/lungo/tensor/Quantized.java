package org.lungo.tensor;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;

/** Products with matrices of 8 and 4 bits. The presets have no method for them: they are called by the dispatcher. */
public sealed interface Quantized permits Tensor {
    /**
     * {@code this * (values * scales)^T}, added up in FLOAT32.
     *
     * @param values [out, in] INT8; {@code in} divides by {@value QuantizedCalls#COLUMNS}
     * @param scales [out], of this tensor's type
     * @return [..., out] for [..., in]; BFLOAT16 has a fast kernel on CPUs, other types a plain loop
     */
    default Tensor int8Linear(Tensor values, Tensor scales) {
        Tensor self = (Tensor) this;
        QuantizedCalls.checkColumns("int8Linear", values.size(1));
        return QuantizedCalls.rows(
                "int8Linear",
                self,
                values.size(0),
                x -> new IValueVector(x, new IValue(values.handle()), new IValue(scales.handle())),
                QuantizedCalls.Native.INT8);
    }

    /** This [out, in] INT32 of numbers from 0 to 15 in the order that {@link #int4Linear} reads. {@code out} divides by 16. */
    default Tensor int4Pack() {
        Tensor self = (Tensor) this;
        QuantizedCalls.checkColumns("int4Pack", self.size(1));
        return QuantizedCalls.call(
                "int4Pack",
                self,
                new IValueVector(new IValue(self.handle()), new IValue(QuantizedCalls.INNER_TILES)),
                QuantizedCalls.Native.INT4_PACK);
    }

    /**
     * {@code this * ((values - 8) * scale + zero)^T}, added up in FLOAT32; each {@code group} of columns has its own scale and
     * zero.
     *
     * @param packed what {@link #int4Pack} made of [out, in]
     * @param scalesAndZeros [in / group, out, 2], of this tensor's type
     * @param group 32, 64, 128 or 256; divides {@code in}
     * @return [..., out] for [..., in]; BFLOAT16 has a fast kernel on CPUs, other types a plain loop
     */
    default Tensor int4Linear(Tensor packed, Tensor scalesAndZeros, long group) {
        Tensor self = (Tensor) this;
        return QuantizedCalls.rows(
                "int4Linear",
                self,
                scalesAndZeros.size(1),
                x -> new IValueVector(
                        x, new IValue(packed.handle()), new IValue(group), new IValue(scalesAndZeros.handle())),
                QuantizedCalls.Native.INT4);
    }
}
