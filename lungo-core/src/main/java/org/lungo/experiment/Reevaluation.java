package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.ColumnChoice;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.ReadOptions;
import org.lungo.data.Schema;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.data.Task;
import org.lungo.deploy.Bundle;
import org.lungo.deploy.Predictor;
import org.lungo.evaluate.Baseline;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.config.Resolved;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

/** Evaluates a finished run's model again: on its own test rows or on others. */
public final class Reevaluation {
    private Reevaluation() {}

    /**
     * The evaluation of {@code run} on {@code data}, or on the rows it was tested on when that is null.
     *
     * @throws CorruptFileException when the run folder is not complete
     */
    public static Evaluation of(Path run, @Nullable String data) throws IOException {
        metricsFile(run);
        Path file = run.resolve("config.resolved.yaml");
        Resolved<ExperimentConfig> resolved =
                ExperimentConfig.FILE.read(file.toString(), Files.readString(file), List.of());
        ExperimentConfig config = resolved.value();
        Predictor.load(run);
        try (Cache cache = Cache.of(run);
                Scope scope = Scope.open()) {
            Prepared prepared = Prepared.read(config, cache);
            Parts parts = Parts.of(config, prepared);
            Bundle bundle = Bundle.load(run.resolve("model"));
            Table rows = data == null ? parts.test() : read(config.data().read(), prepared.schema(), bundle, data);
            Table known = parts.train().sample(config.preprocess().rows(), Random.of(config.seed()).stream("sample"));
            Baseline baseline = Baseline.learn(
                    prepared.task(), bundle.target().classes(), bundle.target().known(known));
            return Experiment.evaluator(config, prepared.task()).evaluate(Fitting.predict(bundle, rows), baseline);
        }
    }

    /** The run's {@code metrics.json}. */
    public static Path metricsFile(Path run) {
        Path file = run.resolve("metrics.json");
        if (!Files.isRegularFile(file)) {
            throw new CorruptFileException(run + " is not a finished run: it has no metrics.json; name a run folder"
                    + " such as runs/customers-001, or train again to finish it");
        }
        return file;
    }

    /**
     * Rows of {@code data} with the target.
     *
     * @param trained the schema of the training rows, which says in which form the target's numbers are; null finds out
     */
    static Table read(ReadOptions options, @Nullable Schema trained, Bundle bundle, String data) {
        List<Field> fields = new ArrayList<>(bundle.table().features().fields());
        Kind kind = bundle.target().task() == Task.REGRESSION ? Kind.NUMBER : Kind.CATEGORY;
        try (TableReader reader = new Source(data, options).open()) {
            for (String target : bundle.target().columns()) {
                Schema known =
                        trained == null && kind == Kind.NUMBER && reader.names().contains(target)
                                ? reader.profile().schema(Map.of(target, ColumnChoice.of(kind)))
                                : trained;
                fields.add(known == null ? new Field(target, kind) : field(known, target, kind));
            }
            return reader.read(new Schema(fields));
        }
    }

    private static Field field(Schema schema, String name, Kind kind) {
        return schema.fields().stream()
                .filter(field -> field.name().equals(name) && field.kind() == kind)
                .findFirst()
                .orElse(new Field(name, kind));
    }
}
