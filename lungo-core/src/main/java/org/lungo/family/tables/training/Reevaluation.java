package org.lungo.family.tables.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lungo.data.ColumnChoice;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.ReadOptions;
import org.lungo.data.Schema;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.data.Task;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ModelFolder;
import org.lungo.evaluate.Baseline;
import org.lungo.evaluate.Evaluation;
import org.lungo.evaluate.EvaluationResult;
import org.lungo.evaluate.Gates;
import org.lungo.experiment.RunFolder;
import org.lungo.experiment.config.ConfigException;
import org.lungo.family.tables.Predictor;
import org.lungo.family.tables.TableBundle;
import org.lungo.preprocess.FittedTable;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Scope;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a finished run is worth: as it was stored, or on other rows. Needs the run folder alone, not the training data. */
public final class Reevaluation {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Reevaluation() {}

    /**
     * The evaluation that {@code run} stored.
     *
     * @throws CorruptFileException when the run folder is not complete or was changed
     */
    public static EvaluationResult stored(Path run) throws IOException {
        Path file = verified(run).resolve(RunFolder.METRICS);
        try {
            return EvaluationResult.parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(file + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * The evaluation of the model of {@code run} on the rows of {@code data}, judged by the run's gates.
     *
     * @throws CorruptFileException when the run folder is not complete or was changed
     * @throws org.lungo.data.DataException when the rows cannot be used
     */
    public static EvaluationResult on(Path run, String data) throws IOException {
        TableConfig config = config(verified(run));
        Baseline baseline = baseline(run);
        Predictor.load(run); // replays the golden rows
        try (Scope scope = Scope.open()) {
            TableBundle bundle = TableBundle.load(run.resolve("model"));
            Table rows = read(config.data().read(), bundle, run, data);
            Evaluation evaluation = TableAttempt.evaluator(
                            config, bundle.target().task())
                    .evaluate(Fitting.predict(bundle, rows), baseline)
                    .noticing(FittedTable.unknownNote(bundle.table().unknown(rows)));
            return EvaluationResult.of(
                    TableConfig.FAMILY,
                    evaluation,
                    null,
                    Gates.parse(config.evaluate().gates()));
        }
    }

    private static Path verified(Path run) throws IOException {
        ModelFolder.require(run);
        if (!Files.isRegularFile(run.resolve(RunFolder.METRICS))) {
            throw new CorruptFileException(run + " is not a finished run: it has no metrics.json; name a run folder"
                    + " such as runs/customers-001, or train again to finish it");
        }
        Manifest.verify(run);
        return run;
    }

    private static TableConfig config(Path run) throws IOException {
        Path file = run.resolve(RunFolder.CONFIG);
        try {
            return TableConfig.FILE
                    .read(file.toString(), Files.readString(file), List.of())
                    .value();
        } catch (ConfigException e) {
            throw new CorruptFileException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static Baseline baseline(Path run) throws IOException {
        Path file = run.resolve(TableAttempt.BASELINE);
        if (!Files.isRegularFile(file)) {
            throw new CorruptFileException(run + " is of an older version: it has no " + TableAttempt.BASELINE
                    + " to compare other rows with; train again");
        }
        try {
            return JSON.readValue(Files.readString(file), Baseline.class);
        } catch (JacksonException e) {
            throw new CorruptFileException(file + " cannot be read: " + e.getOriginalMessage());
        }
    }

    /** The target's columns as training read them; runs of earlier versions do not say it. */
    private static Schema targets(Path run) throws IOException {
        Path file = run.resolve(TableAttempt.TARGET);
        return Files.isRegularFile(file) ? JSON.readValue(Files.readString(file), Schema.class) : new Schema(List.of());
    }

    /**
     * Rows of {@code data} with the target. Its numbers are in the form of the training's; plain ones are looked at, for they
     * may be in another form here.
     */
    static Table read(ReadOptions options, TableBundle bundle, Path run, String data) throws IOException {
        Schema targets = targets(run);
        List<Field> fields = new ArrayList<>(bundle.table().features().fields());
        boolean numbers = bundle.target().task() == Task.REGRESSION;
        try (TableReader reader = new Source(data, options).open()) {
            reader.requireTargets(bundle.target().columns());
            reader.require(bundle.table().features().names());
            for (String target : bundle.target().columns()) {
                Field trained = targets.fields().stream()
                        .filter(field -> field.name().equals(target) && field.kind() == Kind.NUMBER)
                        .filter(field -> field.format() != null)
                        .findFirst()
                        .orElse(null);
                fields.add(
                        trained != null
                                ? trained
                                : numbers ? number(reader, target) : new Field(target, Kind.CATEGORY));
            }
            return reader.read(new Schema(fields));
        }
    }

    private static Field number(TableReader reader, String name) {
        Schema found = reader.profile().schema(Map.of(name, ColumnChoice.of(Kind.NUMBER)));
        return found.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
