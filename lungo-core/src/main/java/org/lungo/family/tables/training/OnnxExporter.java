package org.lungo.family.tables.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Facts;
import org.lungo.experiment.Exporter;
import org.lungo.experiment.Flag;
import org.lungo.family.tables.onnx.Agreement;
import org.lungo.family.tables.onnx.OnnxDescription;
import org.lungo.family.tables.onnx.OnnxModel;

/** Writes a model for tables as an ONNX file, once ONNX Runtime answers with it as the run does. */
final class OnnxExporter implements Exporter {
    private static final String QUANTIZE = "--quantize";
    private static final String ROWS = "--rows";
    private static final String TOLERANCE = "--tolerance";

    @Override
    public List<Flag> flags() {
        return List.of(
                Flag.of(
                        QUANTIZE,
                        "int8",
                        "Compute dense layers with 8-bit numbers; show the metric on the test rows before and after.",
                        false,
                        ""),
                Flag.of(ROWS, "FILE", "Rows with the target to measure --quantize on instead.", false, ""),
                Flag.of(
                        TOLERANCE,
                        "X",
                        "The largest difference between answers, of probabilities or relative (default: 1e-5).",
                        false,
                        ""));
    }

    @Override
    public Facts export(Path run, Path out, Map<String, String> options) throws IOException {
        String quantize = options.get(QUANTIZE);
        if (quantize != null && !quantize.equalsIgnoreCase("int8")) {
            throw new IllegalArgumentException(QUANTIZE + " must be int8. Received: " + quantize);
        }
        OnnxExport.Result result =
                new OnnxExport(out, quantize != null, options.get(ROWS), tolerance(options.get(TOLERANCE))).run(run);
        return new Facts(text(out, result), values(out, result));
    }

    private static double tolerance(@Nullable String text) {
        try {
            return text == null ? OnnxModel.TOLERANCE : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(TOLERANCE + " must be a number. Received: " + text);
        }
    }

    private static Map<String, @Nullable Object> values(Path out, OnnxExport.Result result) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("to", "onnx");
        values.put("file", out.toString());
        values.put("bytes", result.model().bytes().length);
        values.put("compared", result.compared());
        values.put("quantization", result.quantization());
        values.put("description", result.model().description());
        return values;
    }

    private static String text(Path out, OnnxExport.Result result) {
        OnnxDescription description = result.model().description();
        int size = result.model().bytes().length;
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d bytes, ONNX operators of version %d",
                out,
                size,
                description.made().opset()));
        description
                .outputs()
                .forEach(output -> lines.add(String.format(
                        Locale.ROOT, "  gives %-14s %s %s", output.name(), output.type(), output.shape())));
        for (OnnxDescription.Outside outside : description.outside()) {
            lines.add("  outside: '" + outside.column() + "' must be given as " + outside.what());
        }
        Agreement agreement = Objects.requireNonNull(description.verified());
        lines.add("Compared on " + result.compared());
        lines.add(String.format(
                Locale.ROOT,
                "Largest difference from the model: %.2g, relative %.2g",
                agreement.largest(),
                agreement.relative()));
        OnnxExport.Quantization quantization = result.quantization();
        if (quantization != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "8 bits: %s %.4f, before %.4f, on %,d rows; %,d bytes, before %,d",
                    quantization.metric(),
                    quantization.after(),
                    quantization.before(),
                    quantization.rows(),
                    size,
                    quantization.bytes()));
        }
        lines.add("Described in " + OnnxModel.descriptionFile(out) + "; docs/onnx.md shows how to run it");
        return String.join(System.lineSeparator(), lines);
    }
}
