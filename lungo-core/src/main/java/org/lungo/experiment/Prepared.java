package org.lungo.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.DataException;
import org.lungo.data.DataReport;
import org.lungo.data.Field;
import org.lungo.data.Finding;
import org.lungo.data.Kind;
import org.lungo.data.Profile;
import org.lungo.data.Rows;
import org.lungo.data.Schema;
import org.lungo.data.Source;
import org.lungo.data.StagedRows;
import org.lungo.data.Suggestion;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.data.Task;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Random;

/**
 * The data of an experiment, read and looked at.
 *
 * @param rows all rows of the main source
 * @param test the rows of a test file, or null
 * @param schema of the main source; columns that cannot help are ignored in it
 * @param findings what a person should know
 */
record Prepared(Rows rows, @Nullable Rows test, Schema schema, Task task, List<Finding> findings) {
    /** The most rows that are looked at for leakage. */
    private static final int LOOKED_AT = 200_000;

    /** What a value takes in the heap, roughly: a number 8 bytes, a text its reference and its share of the letters. */
    private static final int BYTES_PER_VALUE = 16;

    /** Reads the data; what does not fit in memory is staged in {@code cache}. */
    static Prepared read(ExperimentConfig config, Cache cache) {
        List<String> targets = config.target().names();
        Schema schema;
        Rows rows;
        List<Finding> findings = new ArrayList<>();
        if (config.data().source().holdsSecret()) {
            findings.add(new Finding(
                    Finding.Kind.SECRET,
                    "",
                    "data.path holds a password, which config.resolved.yaml keeps; write ${NAME} in its place and put it"
                            + " into the environment variable NAME"));
        }
        try (TableReader reader = config.data().source().open()) {
            requireTargets(config, reader.names());
            Profile profile = reader.profile();
            schema = profile.schema(config.features());
            findings.addAll(DataReport.columns(profile, schema, targets));
            schema = without(schema, findings);
            findings.addAll(DataReport.values(profile, schema));
            rows = rows(config, reader, schema, profile.rows(), cache, "rows.duckdb");
        }
        Table sample = rows.sample(LOOKED_AT, Random.of(config.seed()).stream("leakage"));
        for (String target : targets) {
            List<String> others =
                    targets.stream().filter(name -> !name.equals(target)).toList();
            findings.addAll(DataReport.leakage(sample.without(others), target));
        }
        Task task = task(config.target(), rows);
        FittedTarget.fit(rows, targets, task); // refuses what cannot be learned before a folder is made
        String testFile = config.data().test();
        Rows test = testFile == null ? null : readTest(config, testFile, schema, cache);
        return new Prepared(rows, test, schema, task, List.copyOf(findings));
    }

    private static void requireTargets(ExperimentConfig config, List<String> columns) {
        for (String target : config.target().names()) {
            if (!columns.contains(target)) {
                throw new DataException(
                        "E303",
                        "no target column '" + target + "' in "
                                + Source.withoutSecrets(config.data().path()) + Suggestion.sentence(target, columns)
                                + " Columns: " + String.join(", ", columns));
            }
        }
    }

    private static Task task(ExperimentConfig.Target target, Rows rows) {
        Task declared = target.task();
        if (declared != null) {
            return declared;
        }
        return target.columns().isEmpty() ? FittedTarget.infer(rows.column(target.column())) : Task.MULTILABEL;
    }

    /** In memory when they take at most a quarter of the heap, or as the config says; the result is the same. */
    private static Rows rows(
            ExperimentConfig config, TableReader reader, Schema schema, long count, Cache cache, String file) {
        long used =
                schema.fields().stream().filter(f -> f.kind() != Kind.IGNORE).count();
        boolean streamed = switch (config.data().memory()) {
            case HEAP -> false;
            case STREAM -> true;
            case AUTO -> count * used * BYTES_PER_VALUE > Runtime.getRuntime().maxMemory() / 4;
        };
        if (!streamed) {
            return reader.read(schema);
        }
        return StagedRows.of(reader, schema, cache.file(file));
    }

    /** True when the rows are read again whenever they are needed. */
    boolean streamed() {
        return rows instanceof StagedRows;
    }

    /** The columns that the model is given. */
    Schema features(List<String> targets) {
        return new Schema(schema.fields().stream()
                .filter(field -> field.kind() != Kind.IGNORE && !targets.contains(field.name()))
                .toList());
    }

    private static Schema without(Schema schema, List<Finding> findings) {
        List<String> useless = findings.stream()
                .filter(f -> f.kind().leavesOut())
                .map(Finding::column)
                .toList();
        return new Schema(schema.fields().stream()
                .map(field -> useless.contains(field.name()) ? new Field(field.name(), Kind.IGNORE) : field)
                .toList());
    }

    private static Rows readTest(ExperimentConfig config, String file, Schema schema, Cache cache) {
        Source source = new Source(file, config.data().read());
        try (TableReader reader = source.open()) {
            Map<String, Field> needed = new LinkedHashMap<>();
            schema.fields().stream()
                    .filter(field -> field.kind() != Kind.IGNORE)
                    .forEach(field -> needed.put(field.name(), field));
            for (String name : needed.keySet()) {
                if (!reader.names().contains(name)) {
                    throw new DataException(
                            "E309",
                            "the test file " + Source.withoutSecrets(file) + " must have the column '"
                                    + name + "'" + Suggestion.sentence(name, reader.names()) + " Columns: "
                                    + String.join(", ", reader.names()));
                }
            }
            Schema wanted = new Schema(List.copyOf(needed.values()));
            return rows(config, reader, wanted, reader.count(), cache, "test.duckdb");
        }
    }
}
