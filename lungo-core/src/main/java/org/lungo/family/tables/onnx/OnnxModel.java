package org.lungo.family.tables.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.deploy.Version;
import org.lungo.family.tables.Scorer;
import org.lungo.family.tables.TableBundle;
import org.lungo.preprocess.FittedTarget;

/**
 * A bundle's model as ONNX, from raw columns to answers, for a batch of any size.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *     TableBundle bundle = TableBundle.load(Path.of("runs/churn-001/model"));
 *     OnnxModel model = OnnxModel.of(bundle);
 *     model.verify(bundle, rows, OnnxModel.TOLERANCE).write(Path.of("churn.onnx"));
 * }
 * }</pre>
 *
 * @param bytes of the file
 */
public record OnnxModel(byte[] bytes, OnnxDescription description) {
    /**
     * What rounding in another order may make: answers are sums of some hundred FLOAT32 products, each right to 6e-8 of its
     * size. Ten times stricter than the replay of golden rows, which another processor must pass.
     */
    public static final double TOLERANCE = 1e-5;

    private static final int FORMAT = 1;
    private static final String ARTEFACT = "com.microsoft.onnxruntime:onnxruntime";

    /** The model as it was trained. */
    public static OnnxModel of(TableBundle bundle) {
        return of(bundle, Product.FLOAT, null);
    }

    /** The model with 8-bit weights in its dense products. */
    public static OnnxModel int8(TableBundle bundle) {
        return of(bundle, Product.INT8, "int8");
    }

    private static OnnxModel of(TableBundle bundle, Product product, @Nullable String quantized) {
        BiFunction<NetworkGraph, TableGraph, String> network = NetworkExport.of(bundle);
        Graph graph = new Graph();
        RawColumns columns = RawColumns.declare(graph, bundle.table());
        TableGraph table = new TableGraph(graph, bundle.table(), columns);
        String logits = network.apply(new NetworkGraph(graph, product), table);
        FittedTarget target = bundle.target();
        AnswerGraph answers = new AnswerGraph(graph, target);
        answers.answer(logits, bundle.model().members());
        boolean decided = target.task() == Task.BINARY || target.task() == Task.MULTILABEL;
        OnnxDescription description = new OnnxDescription(
                FORMAT,
                new OnnxDescription.Made(Version.current(), Graph.FORMAT, Graph.OPSET, Graph.ML_OPSET, quantized),
                new OnnxDescription.Answer(
                        target.task().toString(),
                        target.column(),
                        target.classes(),
                        decided ? target.threshold() : null),
                List.copyOf(columns.inputs()),
                List.copyOf(answers.outputs()),
                List.copyOf(columns.outside()),
                null);
        return new OnnxModel(graph.toBytes(), description);
    }

    /**
     * Runs the model.
     *
     * @param threads that one run may use
     * @throws MissingLibraryException when ONNX Runtime is not on the class path
     */
    public OnnxScorer scorer(TableBundle bundle, int threads) {
        if (OnnxModel.class.getResource("/ai/onnxruntime/OrtEnvironment.class") == null) {
            throw new MissingLibraryException(
                    "a model in ONNX is run with ONNX Runtime, which is not on the class path;" + " add the artefact "
                            + ARTEFACT);
        }
        return OnnxScorer.open(bytes, bundle, description.inputs(), threads);
    }

    /** How far its answers for {@code rows} are from those of the bundle. */
    public Agreement compare(TableBundle bundle, Table rows) {
        try (OnnxScorer scorer = scorer(bundle, 1)) {
            return Agreement.of(bundle.target(), new Scorer(bundle).scores(rows), scorer.answers(rows));
        }
    }

    /**
     * Compares, and makes sure that the answers agree. Returns the same model, with the comparison in its description.
     *
     * @throws DisagreementException when a difference is above {@code tolerance}, or a label is not the one that is decided
     */
    public OnnxModel verify(TableBundle bundle, Table rows, double tolerance) {
        Agreement agreement = compare(bundle, rows);
        agreement.require(tolerance);
        return with(agreement);
    }

    /** The same model, with a comparison in its description. */
    public OnnxModel with(Agreement agreement) {
        return new OnnxModel(bytes, description.with(agreement));
    }

    /** Writes the file and its description. Another file of that name is replaced once this one is complete. */
    public void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.write(unfinished, bytes);
            Files.writeString(descriptionFile(file), description.toJson() + "\n");
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            unfinished.toFile().delete();
            String reason = e.getClass().getSimpleName().replace("Exception", "");
            throw new IOException("cannot write " + file + ": " + reason + " " + e.getMessage(), e);
        }
    }

    /** Where the description of a file stands: {@code churn.onnx.json}. */
    public static Path descriptionFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".json");
    }
}
