package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.data.WriteLock;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.ModelKind;
import org.lungo.deploy.text.TextBundle;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.family.tables.onnx.Agreement;
import org.lungo.family.tables.onnx.OnnxDescription;
import org.lungo.family.tables.onnx.OnnxModel;
import org.lungo.family.tables.training.OnnxExport;
import org.lungo.tensor.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model in a form that other programs run. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write a model as an ONNX file, once ONNX Runtime answers with it as the run does; a language model"
                        + " as a folder for Hugging Face's libraries.",
        footer = {"", "Example: lungo export runs/customers-001 --to onnx --out churn.onnx"})
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "A run folder or its model folder.")
    private Path run = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "onnx|huggingface",
            description = "The form: onnx, or a folder for Hugging Face's libraries.")
    private Form form = Form.ONNX;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file (FILE.json describes it) or folder.")
    private Path out = Path.of("");

    @Option(
            names = "--quantize",
            paramLabel = "int8",
            description = "Compute dense layers with 8-bit numbers; says what that costs on the run's test rows.")
    private @Nullable Quantize quantize;

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            description = "Rows with the target that measure --quantize instead.")
    private @Nullable String rows;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description = "How far answers may be apart, of probabilities or relative (default: 1e-5).")
    private double tolerance = OnnxModel.TOLERANCE;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What can be written. */
    enum Form {
        ONNX,
        HUGGINGFACE
    }

    /** How numbers can be made smaller. */
    enum Quantize {
        INT8
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(run)) {
            throw new IllegalArgumentException("no run folder " + run + "; lungo train makes one");
        }
        ModelKind kind = ModelKind.of(run);
        Form own = switch (kind) {
            case TABLE -> Form.ONNX;
            case LANGUAGE -> Form.HUGGINGFACE;
            case TAGGER, TRANSLATOR ->
                throw new IllegalArgumentException(run + " holds " + kind.title()
                        + ", which has no other form yet; its files are in " + ModelFolder.inside(run));
        };
        if (form != own) {
            throw new IllegalArgumentException(run + " holds " + kind.title() + "; export it --to "
                    + own.toString().toLowerCase(Locale.ROOT));
        }
        return own == Form.ONNX ? onnx() : huggingFace();
    }

    private int onnx() throws IOException {
        OnnxExport.Result result = new OnnxExport(out, quantize != null, rows, tolerance).run(run);
        if (json) {
            System.out.println(ConfigFile.JSON.writeValueAsString(summary(result)));
        } else {
            print(result);
        }
        return 0;
    }

    private int huggingFace() throws IOException {
        try (WriteLock lock = WriteLock.ofFile(out);
                Scope scope = Scope.open()) {
            TextBundle.load(run).export(out);
        }
        Map<String, Object> summary = Map.of("to", "huggingface", "folder", out.toString());
        System.out.println(
                json
                        ? ConfigFile.JSON.writeValueAsString(summary)
                        : out + ": config.json, model.safetensors and tokenizer.json");
        return 0;
    }

    private Map<String, @Nullable Object> summary(OnnxExport.Result result) {
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("to", form.name().toLowerCase(Locale.ROOT));
        summary.put("file", out.toString());
        summary.put("bytes", result.model().bytes().length);
        summary.put("compared", result.compared());
        summary.put("quantization", result.quantization());
        summary.put("description", result.model().description());
        return summary;
    }

    private void print(OnnxExport.Result result) {
        OnnxDescription description = result.model().description();
        int size = result.model().bytes().length;
        System.out.printf(
                Locale.ROOT,
                "%s: %,d bytes, ONNX operators of version %d%n",
                out,
                size,
                description.made().opset());
        description
                .outputs()
                .forEach(output ->
                        System.out.printf("  gives %-14s %s %s%n", output.name(), output.type(), output.shape()));
        for (OnnxDescription.Outside outside : description.outside()) {
            System.out.println("  outside: '" + outside.column() + "' must be given as " + outside.what());
        }
        Agreement agreement = Objects.requireNonNull(description.verified());
        System.out.println("Compared on " + result.compared());
        System.out.printf(
                Locale.ROOT,
                "Largest difference from the model: %.2g, relative %.2g%n",
                agreement.largest(),
                agreement.relative());
        OnnxExport.Quantization quantization = result.quantization();
        if (quantization != null) {
            System.out.printf(
                    Locale.ROOT,
                    "8 bits: %s %.4f, before %.4f, on %,d rows; %,d bytes, before %,d%n",
                    quantization.metric(),
                    quantization.after(),
                    quantization.before(),
                    quantization.rows(),
                    size,
                    quantization.bytes());
        }
        System.out.println("Described in " + OnnxModel.descriptionFile(out) + "; docs/onnx.md shows how to run it");
    }
}
