package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.function.Function;
import org.lungo.preprocess.Fitted;

/**
 * What a graph is given of a column.
 *
 * @param meaning what the values are, and what stands for a missing one
 * @param outside whether it is not the raw value, because ONNX cannot compute what is done with that
 */
record RawInput<F extends Fitted>(DataType type, Function<F, String> meaning, boolean outside) {
    /** A number. */
    static <F extends Fitted> RawInput<F> number(String meaning) {
        return new RawInput<>(DataType.DOUBLE, fitted -> meaning, false);
    }

    /** A text. */
    static <F extends Fitted> RawInput<F> text() {
        return new RawInput<>(
                DataType.STRING, fitted -> "a text; any other than in training, as \"\", is unknown", false);
    }
}
