package org.lungo.family.tables.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Finding;
import org.lungo.data.Source;
import org.lungo.data.Storage;
import org.lungo.data.Table;
import org.lungo.data.TableWriter;
import org.lungo.data.Task;
import org.lungo.evaluate.Count;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.Evaluation;
import org.lungo.evaluate.EvaluationResult;
import org.lungo.evaluate.Evaluator;
import org.lungo.evaluate.Gates;
import org.lungo.evaluate.HtmlReport;
import org.lungo.evaluate.PermutationImportance.Importance;
import org.lungo.evaluate.Predictions;
import org.lungo.evaluate.Report;
import org.lungo.evaluate.Seconds;
import org.lungo.experiment.Attempt;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Look;
import org.lungo.experiment.RunFolder;
import org.lungo.experiment.ShellLine;
import org.lungo.experiment.config.Resolved;
import org.lungo.family.tables.TableBundle;
import org.lungo.preprocess.FittedTable;
import org.lungo.train.Checkpoints;
import org.lungo.train.Listener;
import org.lungo.train.TrainingState;
import tools.jackson.databind.json.JsonMapper;

/** One run of a model for tables. */
final class TableAttempt implements Attempt<Evaluation> {
    /** The answer that needs no model, so that other rows can be compared with it without the training rows. */
    static final String BASELINE = "baseline.json";

    /** The columns of the target, with the form of their numbers. */
    static final String TARGET = "target.json";

    private static final JsonMapper JSON = new JsonMapper();

    private final TableConfig config;
    private final Prepared data;
    private final Parts parts;
    private final Learned learned;
    private final Gates gates;
    private final Storage storage;
    private @Nullable Fitting fitting;
    private List<Finding> findings = List.of();
    private List<Importance> importance = List.of();
    private @Nullable Predictions predictions;

    private TableAttempt(
            TableConfig config, Prepared data, Parts parts, Learned learned, Gates gates, Storage storage) {
        this.config = config;
        this.data = data;
        this.parts = parts;
        this.learned = learned;
        this.gates = gates;
        this.storage = storage;
    }

    /** Reads the rows, and learns from those to train on what is done with the columns. */
    static TableAttempt of(Resolved<TableConfig> resolved, Cache cache) throws IOException {
        TableConfig config = resolved.value();
        Prepared data = Prepared.read(config, cache);
        TaskCheck.require(resolved, data);
        Gates gates = Gates.parse(config.evaluate().gates());
        Parts parts = Parts.of(config, data);
        if (config.evaluate().folds() > 0) {
            TableFolds.dealt(config, data);
        }
        Learned learned = Learned.of(config, data, parts.train());
        learned.requireKnown(parts);
        return new TableAttempt(config, data, parts, learned, gates, cache.storage(data.streamed()));
    }

    /** The same with a few rows that are trained on and validated on. */
    static TableAttempt byHeart(TableConfig config, Prepared data, Table rows) {
        return new TableAttempt(
                config,
                data,
                new Parts(rows, rows, rows, rows.rows()),
                Learned.of(config, data, rows),
                Gates.parse(Map.of()),
                Storage.MEMORY);
    }

    /** What the trained model says about rows, one list of numbers for each. */
    double[][] scores(Table rows) {
        return Fitting.predict(fitting().bundle(), rows).scores();
    }

    @Override
    public Fingerprints fingerprints() {
        TableConfig.Data from = config.data();
        String test = from.test() == null ? null : new Source(from.test(), from.read()).fingerprint();
        return new Fingerprints(from.source().fingerprint(), test);
    }

    @Override
    public Look look() {
        return TableLook.of(config, data, parts, learned);
    }

    @Override
    public TrainingState learn(@Nullable Checkpoints checkpoints, Listener listener) {
        Fitting done = Fitting.run(config, learned, parts.train(), parts.validation(), storage, checkpoints, listener);
        fitting = done;
        return done.state();
    }

    @Override
    public Tested<Evaluation> test(Listener listener) {
        findings = found(); // while there are training rows
        TableBundle bundle = fitting().bundle();
        Predictions tested = Fitting.predict(bundle, parts.test());
        Evaluator evaluator = evaluator(config, data.task());
        Evaluation evaluation = evaluator
                .evaluate(tested, fitting().baseline())
                .noticing(FittedTable.unknownNote(bundle.table().unknown(parts.test())));
        CrossValidation folds = config.evaluate().folds() == 0
                ? null
                : new TableFolds(config, data, learned.inputs(), storage).run(evaluator, listener);
        listener.phaseStarted("writing the report");
        if (config.evaluate().importance()) {
            ColumnImportance measured = ColumnImportance.of(
                    bundle, parts.test(), tested, evaluator.metrics().get(0));
            importance = measured.importance();
            findings.addAll(measured.findings());
        }
        predictions = tested;
        return new Tested<>(evaluation, EvaluationResult.of(TableConfig.FAMILY, evaluation, folds, gates));
    }

    private Fitting fitting() {
        return Objects.requireNonNull(fitting, "nothing was learned");
    }

    /** By the metrics that the config names and those of its gates, or by the task's usual ones. */
    static Evaluator evaluator(TableConfig config, Task task) {
        List<String> names = new ArrayList<>(config.evaluate().metrics());
        if (names.isEmpty()) {
            return Evaluator.of(task);
        }
        names.addAll(config.evaluate().gates().keySet());
        return Evaluator.of(task, names);
    }

    @Override
    public void writeExtras(Path run) throws IOException {
        Files.writeString(
                run.resolve(BASELINE), JSON.writeValueAsString(fitting().baseline()) + "\n");
        Files.writeString(run.resolve("findings.json"), JSON.writeValueAsString(findings) + "\n");
        Files.writeString(run.resolve("importance.json"), JSON.writeValueAsString(importance) + "\n");
        Files.writeString(
                run.resolve(TARGET),
                JSON.writeValueAsString(data.targets(config.target().names())) + "\n");
        try (TableWriter writer = TableWriter.to(run.resolve("predictions.parquet"))) {
            writer.write(PredictionTable.of(
                    Objects.requireNonNull(predictions, "nothing was tested"),
                    fitting().bundle().target().labels()));
            writer.finish();
        }
    }

    private List<Finding> found() {
        List<Finding> all = new ArrayList<>(data.findings());
        all.addAll(parts.findings(config));
        all.addAll(learned.findings());
        return all;
    }

    @Override
    public void save(Path model) throws IOException {
        TableBundle bundle = fitting().bundle();
        List<String> leftOut =
                data.schema().without(bundle.table().features().names()).names();
        bundle.leavingOut(leftOut).save(model, GoldenRows.of(fitting()), config.serve());
    }

    @Override
    public HtmlReport report(Tested<Evaluation> tested, Background background) {
        Map<String, String> provenance = new LinkedHashMap<>();
        background.provenance().forEach((name, value) -> {
            provenance.put(name, value);
            provenance.putIfAbsent("target", config.target().title());
        });
        return new Report(
                config.target().title() + " from " + title(config.data().path()),
                tested.evaluation(),
                RunFolder.curves(background.state()),
                importance,
                notes(),
                provenance,
                tested.measured().folds());
    }

    private static String title(String data) {
        return data.startsWith("jdbc:")
                ? "a database"
                : Path.of(data).getFileName().toString();
    }

    private List<String> notes() {
        return findings.stream().map(Finding::message).toList();
    }

    @Override
    public Remarks remarks(Path run, Tested<Evaluation> tested, TrainingState state, Pace pace) {
        String speed =
                Double.isNaN(pace.secondsPerStep()) ? "" : ", " + Seconds.text(pace.secondsPerStep()) + " a step";
        return new Remarks(
                notes(),
                Map.of(),
                Count.of(state.epoch(), "epoch") + speed,
                List.of(
                        ShellLine.lungo("evaluate", run.toString()),
                        ShellLine.lungo("predict", run.toString(), data())));
    }

    /** A file with rows, or a word for one: databases want a query too. */
    private String data() {
        String test = config.data().test();
        String location = test == null ? config.data().path() : test;
        return Source.of(location).isDatabase() ? "DATA" : location;
    }
}
