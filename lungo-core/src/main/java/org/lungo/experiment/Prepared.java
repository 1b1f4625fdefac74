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
import org.lungo.data.Schema;
import org.lungo.data.Source;
import org.lungo.data.Suggestion;
import org.lungo.data.Table;
import org.lungo.data.TableReader;
import org.lungo.data.Task;
import org.lungo.preprocess.FittedTarget;

/**
 * The data of an experiment, read and looked at.
 *
 * @param table all rows of the main source
 * @param test the rows of a test file, or null
 * @param schema of the main source; columns that cannot help are ignored in it
 * @param findings what a person should know
 */
record Prepared(Table table, @Nullable Table test, Schema schema, Task task, List<Finding> findings) {
    static Prepared read(ExperimentConfig config) {
        String target = config.target().column();
        Schema schema;
        Table table;
        List<Finding> findings = new ArrayList<>();
        try (TableReader reader = config.data().source().open()) {
            if (!reader.names().contains(target)) {
                throw new DataException(
                        "E303",
                        "no target column '" + target + "' in " + config.data().path()
                                + Suggestion.sentence(target, reader.names()) + " Columns: "
                                + String.join(", ", reader.names()));
            }
            Profile profile = reader.profile();
            schema = profile.schema(config.features());
            findings.addAll(DataReport.columns(profile, schema, target));
            schema = without(schema, findings);
            table = reader.read(schema);
        }
        findings.addAll(DataReport.leakage(table, target));
        Task task = config.target().task() == null
                ? FittedTarget.infer(table.column(target))
                : config.target().task();
        String testFile = config.data().test();
        Table test = testFile == null ? null : readTest(config, testFile, schema);
        return new Prepared(table, test, schema, task, List.copyOf(findings));
    }

    /** The columns that the model is given. */
    Schema features(String target) {
        return new Schema(schema.fields().stream()
                .filter(field -> field.kind() != Kind.IGNORE && !field.name().equals(target))
                .toList());
    }

    private static Schema without(Schema schema, List<Finding> findings) {
        List<String> useless = findings.stream()
                .filter(f -> f.kind() != Finding.Kind.MIXED)
                .map(Finding::column)
                .toList();
        return new Schema(schema.fields().stream()
                .map(field -> useless.contains(field.name()) ? new Field(field.name(), Kind.IGNORE) : field)
                .toList());
    }

    private static Table readTest(ExperimentConfig config, String file, Schema schema) {
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
                            "the test file " + file + " must have the column '"
                                    + name + "'" + Suggestion.sentence(name, reader.names()) + " Columns: "
                                    + String.join(", ", reader.names()));
                }
            }
            return reader.read(new Schema(List.copyOf(needed.values())));
        }
    }
}
