package org.lungo.family.tables.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.ReadOptions;
import org.lungo.data.RowParser;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.data.WriteLock;
import org.lungo.deploy.ModelFolder;
import org.lungo.evaluate.Metric;
import org.lungo.evaluate.Predictions;
import org.lungo.experiment.Cache;
import org.lungo.family.tables.Predictor;
import org.lungo.family.tables.TableBundle;
import org.lungo.family.tables.onnx.DrawnRows;
import org.lungo.family.tables.onnx.OnnxModel;
import org.lungo.family.tables.onnx.OnnxScorer;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

/**
 * Writes a run's model as an ONNX file, after ONNX Runtime answered with it as the run does.
 *
 * <pre>{@code
 * OnnxExport.Result result = OnnxExport.to(Path.of("churn.onnx")).run(Path.of("runs/churn-001"));
 * System.out.println(result.model().description().verified());
 * }</pre>
 *
 * @param out the file
 * @param int8 whether dense products are computed with 8-bit numbers
 * @param data rows with the target that measure the 8-bit model; null takes the run's own test rows
 * @param tolerance how far answers may be apart, see {@link OnnxModel#TOLERANCE}
 */
public record OnnxExport(Path out, boolean int8, @Nullable String data, double tolerance) {
    private static final int MAX = 10_000;
    private static final int DRAWN = 1_000;

    /** The usual export to a file. */
    public static OnnxExport to(Path out) {
        return new OnnxExport(out, false, null, OnnxModel.TOLERANCE);
    }

    /**
     * What was done.
     *
     * @param compared the rows that were compared, in words
     * @param quantization null without 8-bit numbers
     */
    public record Result(
            OnnxModel model, String compared, @Nullable Quantization quantization) {}

    /**
     * What 8-bit numbers cost and save.
     *
     * @param metric the evaluation's headline
     * @param rows the rows it was measured on
     * @param bytes the size of the file without 8-bit numbers
     */
    public record Quantization(String metric, double before, double after, int rows, long bytes) {}

    /**
     * Exports a run folder's model, or a model folder.
     *
     * @throws org.lungo.tensor.CorruptFileException when the model is damaged
     * @throws org.lungo.family.tables.onnx.DisagreementException when ONNX Runtime answers differently; nothing is written then
     * @throws org.lungo.family.tables.onnx.MissingLibraryException when ONNX Runtime is not on the class path
     * @throws DataException when 8-bit numbers are wanted and there are no rows to measure them
     */
    public Result run(Path run) throws IOException {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || folder == null || !Files.isDirectory(folder)) {
            throw new IOException("cannot write " + out + ": "
                    + (Files.isDirectory(out) ? "it is a folder" : "there is no folder " + folder));
        }
        Predictor.load(run);
        Path place = ModelFolder.inside(run);
        Path file = run.resolve("config.resolved.yaml");
        TableConfig config = Files.isRegularFile(file)
                ? TableConfig.FILE
                        .read(file.toString(), Files.readString(file), List.of())
                        .value()
                : null;
        try (WriteLock lock = WriteLock.ofFile(out);
                Scope scope = Scope.open()) {
            TableBundle bundle = TableBundle.load(place);
            OnnxModel written = OnnxModel.of(bundle); // refuses what cannot be written before any rows are read
            Compared compared = compared(bundle, place, config);
            OnnxModel model = written.verify(bundle, compared.rows, tolerance);
            Result result =
                    int8 ? quantized(run, config, bundle, model, compared) : new Result(model, compared.words, null);
            result.model().write(out);
            return result;
        }
    }

    private record Compared(Table rows, String words) {}

    /** Golden rows, rows of the run's data where it can still be read, and rows with missing and unknown values. */
    private static Compared compared(TableBundle bundle, Path place, @Nullable TableConfig config) throws IOException {
        Table golden = new RowParser(bundle.table().features(), bundle.missing())
                .parse(TableBundle.golden(place).rows());
        List<Table> tables = new ArrayList<>(List.of(golden));
        String words = golden.rows() + " golden rows";
        Table own = config == null ? null : own(bundle, config);
        if (own != null && config != null) {
            tables.add(own);
            words = String.format(
                    Locale.ROOT,
                    "%,d rows of %s, %s",
                    own.rows(),
                    Source.withoutSecrets(config.data().path()),
                    words);
        }
        int drawn = own == null ? MAX : DRAWN;
        tables.add(DrawnRows.of(bundle.table(), drawn, Random.of(1)));
        return new Compared(Table.concat(tables), String.format(Locale.ROOT, "%s, %,d drawn rows", words, drawn));
    }

    private static @Nullable Table own(TableBundle bundle, TableConfig config) {
        try (TableReader reader = config.data().source().open()) {
            return reader.head(bundle.table().features(), MAX);
        } catch (DataException e) {
            return null; // gone or changed since: drawn rows do as well
        }
    }

    private Result quantized(
            Path run, @Nullable TableConfig config, TableBundle bundle, OnnxModel model, Compared compared)
            throws IOException {
        Table rows = measured(run, config, bundle);
        OnnxModel small = OnnxModel.int8(bundle);
        Metric metric = config == null
                ? org.lungo.evaluate.Metrics.forTask(bundle.target().task()).get(0)
                : TableAttempt.evaluator(config, bundle.target().task())
                        .metrics()
                        .get(0);
        FittedTarget target = bundle.target();
        Predictions before = Fitting.predict(bundle, rows);
        try (OnnxScorer scorer = small.scorer(bundle, 1)) {
            Predictions after = new Predictions(
                    target.task(), target.classes(), scorer.scores(rows), target.known(rows), target.threshold());
            Quantization quantization = new Quantization(
                    metric.name(), metric.of(before), metric.of(after), rows.rows(), model.bytes().length);
            OnnxModel described = small.with(small.compare(bundle, compared.rows));
            return new Result(described, compared.words, quantization);
        }
    }

    /** The rows that say what 8-bit numbers cost. */
    private Table measured(Path run, @Nullable TableConfig config, TableBundle bundle) throws IOException {
        if (data != null) {
            ReadOptions options = config != null ? config.data().read() : bundle.reading();
            return Reevaluation.read(options, bundle, run, data);
        }
        if (config == null) {
            throw new IllegalArgumentException("rows with the target must measure what 8-bit numbers cost. Received: "
                    + run + ", which has no config.resolved.yaml; name a run folder, or rows with --rows FILE");
        }
        Path folder = Objects.requireNonNull(out.toAbsolutePath().getParent());
        try (Cache cache = Cache.of(Files.createTempDirectory(folder, ".lungo-export"))) {
            return Parts.of(config, Prepared.read(config, cache)).test();
        } catch (DataException e) {
            throw new DataException(
                    e.code(),
                    "the run's test rows must measure what 8-bit numbers cost, and cannot be read: " + e.getMessage()
                            + "; name other rows with the target with --rows FILE");
        }
    }
}
