package org.lungo.family.tables.training;

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
import org.lungo.experiment.Cache;
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
    static Prepared read(TableConfig config, Cache cache) {
        SplitColumn dealing = SplitColumn.of(config);
        List<Finding> findings = new ArrayList<>(secrets(config.data().source()));
        Schema schema;
        Rows rows;
        try (TableReader reader = config.data().source().open()) {
            requireTargets(config, reader.names());
            Profile profile = reader.profile();
            if (profile.columns().stream()
                    .anyMatch(column -> column.present() < profile.rows()
                            && config.target().names().contains(column.name()))) {
                reader.requireTargets(config.target().names());
            }
            schema = schema(config, profile, dealing, findings);
            Schema reading = dealing == null ? schema : dealing.reading(schema, profile, config.features());
            rows = rows(config, reader, reading, profile.rows(), cache, "rows.duckdb");
        }
        if (dealing != null) {
            dealing.requireTimes(rows);
        }
        findings.addAll(leakage(config, schema, rows));
        Task task = task(config.target(), rows);
        FittedTarget target = FittedTarget.fit(rows, config.target().names(), task); // refuses what cannot be learned
        if (config.target().task() == null && task == Task.MULTICLASS) {
            findings.addAll(counted(schema, target));
        }
        requireFeatures(schema, config.target().names(), findings);
        String testFile = config.data().test();
        Rows test = testFile == null ? null : readTest(config, testFile, schema, cache);
        return new Prepared(rows, test, schema, task, List.copyOf(findings));
    }

    private static List<Finding> secrets(Source source) {
        return !source.holdsSecret()
                ? List.of()
                : List.of(new Finding(
                        Finding.Kind.SECRET,
                        "",
                        "data.path holds a password, which config.resolved.yaml keeps; write ${NAME} in its place and put"
                                + " it into the environment variable NAME"));
    }

    /** What the columns hold; those that cannot help are ignored, and {@code findings} says why. */
    private static Schema schema(
            TableConfig config, Profile profile, @Nullable SplitColumn dealing, List<Finding> findings) {
        List<String> targets = config.target().names();
        Schema found = profile.schema(config.features());
        List<Finding> useless = new ArrayList<>(DataReport.columns(profile, found, targets));
        if (!config.model().readsTexts()) {
            useless.addAll(DataReport.texts(found, targets));
        }
        Schema schema = without(found, useless);
        if (dealing != null) {
            dealing.requireIn(profile.names());
            useless.addAll(dealing.findings(schema, targets));
            schema = without(schema, useless);
        }
        findings.addAll(useless);
        findings.addAll(DataReport.values(profile, schema));
        return schema;
    }

    /** Numbers that are classes. */
    private static List<Finding> counted(Schema schema, FittedTarget target) {
        List<String> classes = target.classes();
        return schema.kind(target.column()) != Kind.NUMBER
                ? List.of()
                : List.of(new Finding(
                        Finding.Kind.CLASSES,
                        target.column(),
                        "'" + target.column() + "' holds the whole numbers from " + classes.get(0) + " to "
                                + classes.get(classes.size() - 1) + ", which are read as " + classes.size()
                                + " classes; target.task: regression predicts a number instead"));
    }

    private static void requireFeatures(Schema schema, List<String> targets, List<Finding> findings) {
        List<String> reasons = new ArrayList<>();
        for (Field field : schema.fields()) {
            if (targets.contains(field.name())) {
                continue;
            }
            if (field.kind() != Kind.IGNORE) {
                return;
            }
            reasons.add(findings.stream()
                    .filter(finding ->
                            finding.kind().leavesOut() && finding.column().equals(field.name()))
                    .map(Finding::message)
                    .findFirst()
                    .orElse("features." + field.name() + " is ignore"));
        }
        throw new DataException(
                "E310",
                "a model needs a column to learn from. Received: none; "
                        + (reasons.isEmpty() ? "the target is the only column" : String.join("; ", reasons)));
    }

    private static List<Finding> leakage(TableConfig config, Schema schema, Rows rows) {
        Table sample = rows.sample(LOOKED_AT, Random.of(config.seed()).stream("leakage"));
        List<String> targets = config.target().names();
        List<Finding> findings = new ArrayList<>();
        for (String target : targets) {
            List<String> others = sample.names().stream()
                    .filter(name -> !name.equals(target))
                    .filter(name -> targets.contains(name) || schema.kind(name) == Kind.IGNORE)
                    .toList();
            findings.addAll(DataReport.leakage(sample.without(others), target));
        }
        return findings;
    }

    private static void requireTargets(TableConfig config, List<String> columns) {
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

    private static Task task(TableConfig.Target target, Rows rows) {
        Task declared = target.task();
        if (declared != null) {
            return declared;
        }
        return target.columns().isEmpty() ? FittedTarget.infer(rows.column(target.column())) : Task.MULTILABEL;
    }

    /** In memory when they take at most a quarter of the heap, or as the config says; the result is the same. */
    private static Rows rows(
            TableConfig config, TableReader reader, Schema schema, long count, Cache cache, String file) {
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

    /** The columns that are predicted. */
    Schema targets(List<String> targets) {
        return new Schema(schema.fields().stream()
                .filter(field -> targets.contains(field.name()))
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

    private static Rows readTest(TableConfig config, String file, Schema schema, Cache cache) {
        Source source = new Source(file, config.data().read());
        try (TableReader reader = source.open()) {
            Map<String, Field> needed = new LinkedHashMap<>();
            schema.fields().stream()
                    .filter(field -> field.kind() != Kind.IGNORE)
                    .forEach(field -> needed.put(field.name(), field));
            reader.requireTargets(config.target().names());
            reader.require(List.copyOf(needed.keySet()));
            Schema wanted = new Schema(List.copyOf(needed.values()));
            reader.require(wanted);
            return rows(config, reader, wanted, reader.count(), cache, "test.duckdb");
        }
    }
}
