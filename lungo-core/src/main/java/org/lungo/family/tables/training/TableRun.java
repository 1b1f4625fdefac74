package org.lungo.family.tables.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.Finding;
import org.lungo.data.NumberColumn;
import org.lungo.data.Source;
import org.lungo.data.Table;
import org.lungo.data.TableWriter;
import org.lungo.evaluate.EvaluationResult;
import org.lungo.evaluate.PermutationImportance.Importance;
import org.lungo.evaluate.Predictions;
import org.lungo.evaluate.Report;
import org.lungo.experiment.RunFolder;
import org.lungo.family.tables.Golden;
import org.lungo.family.tables.Scorer;
import org.lungo.tensor.Engine;
import tools.jackson.databind.json.JsonMapper;

/** What only the run of a model for tables leaves behind. */
record TableRun(RunFolder folder, TableConfig config) {
    /** The answer that needs no model, so that other rows can be compared with it without the training rows. */
    static final String BASELINE = "baseline.json";

    private static final int GOLDEN_ROWS = 8;
    private static final JsonMapper JSON = new JsonMapper();

    void write(
            Fitting fitting,
            Predictions predictions,
            EvaluationResult metrics,
            List<Importance> importance,
            List<Finding> findings)
            throws IOException {
        Path path = folder.path();
        folder.save(model -> fitting.bundle().save(model, golden(fitting), config.serve()));
        Files.writeString(path.resolve(BASELINE), JSON.writeValueAsString(fitting.baseline()) + "\n");
        Files.writeString(path.resolve("findings.json"), JSON.writeValueAsString(findings) + "\n");
        Files.writeString(path.resolve("importance.json"), JSON.writeValueAsString(importance) + "\n");
        report(fitting, metrics, importance, findings).write(path.resolve(RunFolder.REPORT));
        try (TableWriter writer = TableWriter.to(path.resolve("predictions.parquet"))) {
            writer.write(
                    PredictionTable.of(predictions, fitting.bundle().target().labels()));
            writer.finish();
        }
        folder.end(metrics, fitting.state(), Map.of());
    }

    private Report report(
            Fitting fitting, EvaluationResult metrics, List<Importance> importance, List<Finding> findings) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put(
                "data",
                Source.withoutSecrets(config.data().path()) + " (SHA-256 "
                        + folder.provenance().data() + ")");
        origin.put("target", config.target().title());
        origin.put("seed", Long.toString(config.seed()));
        origin.put("best epoch", Integer.toString(fitting.state().bestEpoch()));
        origin.put("libtorch", Engine.info().libtorch());
        return new Report(
                config.target().title() + " from " + title(config.data().path()),
                metrics.evaluation(),
                RunFolder.curves(fitting.state()),
                importance,
                findings.stream().map(Finding::message).toList(),
                origin,
                metrics.folds());
    }

    private static String title(String data) {
        return data.startsWith("jdbc:")
                ? "a database"
                : Path.of(data).getFileName().toString();
    }

    /** The first rows of the training part, and one whose values are all missing. */
    static Golden golden(Fitting fitting) {
        Table train = fitting.sample();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<String> names = fitting.bundle().table().features().names();
        for (int row = 0; row < Math.min(GOLDEN_ROWS, train.rows()); row++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (String name : names) {
                values.put(name, value(train.column(name), row));
            }
            rows.add(values);
        }
        rows.add(new LinkedHashMap<>());
        var parser = new org.lungo.data.RowParser(
                fitting.bundle().table().features(), fitting.bundle().missing());
        return new Golden(rows, Arrays.asList(new Scorer(fitting.bundle()).scores(parser.parse(rows))));
    }

    private static @Nullable Object value(Column column, int row) {
        if (column.missing(row)) {
            return null;
        }
        return column instanceof NumberColumn numbers ? (Object) numbers.values()[row] : column.text(row);
    }
}
