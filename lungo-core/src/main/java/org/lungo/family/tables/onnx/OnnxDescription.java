package org.lungo.family.tables.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of an ONNX file, written as {@code FILE.json}: everything that is needed to run it.
 *
 * @param format of this description, 1
 * @param inputs one for each column, in the order of the training data
 * @param outside what must be done before the file is run, because ONNX cannot
 * @param verified null until the file's answers were compared with the model's
 */
public record OnnxDescription(
        int format,
        Made made,
        Answer answer,
        List<Input> inputs,
        List<Output> outputs,
        List<Outside> outside,
        @Nullable Agreement verified) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * By what and for what.
     *
     * @param lungo the version that wrote the file
     * @param format the version of the ONNX file format
     * @param opset the version of its operators
     * @param mlOpset the version of the operators of the domain {@code ai.onnx.ml}
     * @param quantized {@code int8}, or null
     */
    public record Made(
            String lungo,
            int format,
            int opset,
            int mlOpset,
            @Nullable String quantized) {}

    /**
     * What is answered.
     *
     * @param classes the classes or labels in the order of the probabilities; empty for a number
     * @param threshold the probability from which on a row is of the second of two classes, or has a label; else null
     */
    public record Answer(
            String task,
            String target,
            List<String> classes,
            @Nullable Double threshold) {}

    /**
     * One column.
     *
     * @param name of the input
     * @param column its name in the data
     * @param type {@code double}, {@code string} or {@code int64}
     * @param shape {@code ["batch", 1]}
     * @param meaning what the values are, and what stands for a missing one
     */
    public record Input(String name, String column, String type, List<Object> shape, String meaning) {}

    /** An output of the file. */
    public record Output(String name, String type, List<Object> shape, String meaning) {}

    /** A column whose input is not its raw value. */
    public record Outside(String column, String what) {}

    /** The same, after the file's answers were compared with the model's. */
    OnnxDescription with(Agreement agreement) {
        return new OnnxDescription(format, made, answer, inputs, outputs, outside, agreement);
    }

    /** The JSON object. */
    public String toJson() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }
}
