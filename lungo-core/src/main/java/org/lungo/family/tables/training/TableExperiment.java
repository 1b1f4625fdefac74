package org.lungo.family.tables.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.Finding;
import org.lungo.data.Rows;
import org.lungo.data.Source;
import org.lungo.data.Splits;
import org.lungo.data.Storage;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.data.WriteLock;
import org.lungo.evaluate.Count;
import org.lungo.evaluate.CrossValidation;
import org.lungo.evaluate.Evaluation;
import org.lungo.evaluate.EvaluationResult;
import org.lungo.evaluate.Evaluator;
import org.lungo.evaluate.Gates;
import org.lungo.evaluate.PermutationImportance;
import org.lungo.evaluate.PermutationImportance.Importance;
import org.lungo.evaluate.Predictions;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Experiment;
import org.lungo.experiment.Look;
import org.lungo.experiment.Provenance;
import org.lungo.experiment.RunFolder;
import org.lungo.experiment.StepClock;
import org.lungo.experiment.config.Resolved;
import org.lungo.family.tables.TableBundle;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;

/**
 * From a table to a trained, evaluated, stored model.
 *
 * <pre>{@code
 * TableExperiment experiment = TableExperiment.of("customers.csv", "churn", "train.epochs=20");
 * Result result = experiment.run(Path.of("runs/churn-001"), Listener.NONE);
 * System.out.println(result.evaluation().toText());
 * }</pre>
 */
public final class TableExperiment implements Experiment {
    private final Resolved<TableConfig> resolved;
    private final @Nullable List<String> command;

    private TableExperiment(Resolved<TableConfig> resolved, @Nullable List<String> command) {
        this.resolved = resolved;
        this.command = command;
    }

    /** The experiment that a config says. */
    public static TableExperiment of(Resolved<TableConfig> config) {
        return new TableExperiment(config, null);
    }

    /** The experiment of predicting column {@code target} of a table, all else by default. */
    public static TableExperiment of(String data, String target, String... sets) {
        List<String> all = new ArrayList<>(List.of("data.path=" + quoted(data), "target.column=" + quoted(target)));
        all.addAll(Arrays.asList(sets));
        return new TableExperiment(TableConfig.read("defaults", "", all), null);
    }

    /** The experiment of predicting which of several labels a row has, each a column with two values. */
    public static TableExperiment of(String data, List<String> targets, String... sets) {
        List<String> all = new ArrayList<>(List.of("data.path=" + quoted(data)));
        all.add("target.columns=["
                + String.join(
                        ", ", targets.stream().map(TableExperiment::quoted).toList()) + "]");
        all.addAll(Arrays.asList(sets));
        return new TableExperiment(TableConfig.read("defaults", "", all), null);
    }

    @Override
    public int epochs() {
        return resolved.value().train().epochs();
    }

    @Override
    public TableExperiment startedBy(List<String> commandLine) {
        return new TableExperiment(resolved, List.copyOf(commandLine));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public Resolved<TableConfig> config() {
        return resolved;
    }

    /**
     * What an experiment gave.
     *
     * @param metrics what {@code metrics.json} holds
     * @param epochs how many were trained
     * @param secondsPerStep the mean time of a training step, the reading of its batch included; NaN where none was timed, as
     *     training had ended before
     */
    public record Result(
            Path folder, EvaluationResult metrics, List<Finding> findings, int epochs, double secondsPerStep)
            implements Outcome {
        /** How good the model is on the test rows. */
        public Evaluation evaluation() {
            return metrics.evaluation();
        }

        /** The folds of a cross-validation, if there was one. */
        @Override
        public @Nullable CrossValidation folds() {
            return metrics.folds();
        }

        @Override
        public List<Gates.Outcome> failures() {
            return metrics.failures();
        }

        @Override
        public String toJson() {
            return metrics.toJson();
        }

        @Override
        public String toText() {
            StringBuilder text = new StringBuilder();
            findings.forEach(finding -> text.append("note: " + finding.message() + System.lineSeparator()));
            return text.append(String.format(
                            Locale.ROOT,
                            "%s%n%s%s%nReport: %s",
                            metrics.toText(),
                            Count.of(epochs, "epoch"),
                            Double.isNaN(secondsPerStep)
                                    ? ""
                                    : String.format(Locale.ROOT, ", %.0f microseconds per step", secondsPerStep * 1e6),
                            folder.resolve("report.html")))
                    .toString();
        }

        @Override
        public List<String> next() {
            return List.of("lungo evaluate " + folder, "lungo predict " + folder + " DATA --out predictions.csv");
        }
    }

    @Override
    public Look look() throws IOException {
        Plan plan = plan();
        return new Look(plan.inferred(), plan.toText(), plan.memory()::require);
    }

    /** What there is in the data and what training will take, in full. */
    public Plan plan() throws IOException {
        try (Cache cache = Cache.of(Files.createTempDirectory("lungo-plan"))) {
            Prepared data = Prepared.read(resolved.value(), cache);
            TaskCheck.require(resolved, data);
            return Plan.of(resolved.value(), data);
        }
    }

    /** Learns one batch by heart, saves, loads and predicts it: whether the pieces fit, in a few seconds. */
    @Override
    public Smoke smoke() throws IOException {
        try (Cache cache = Cache.of(Files.createTempDirectory("lungo-smoke"))) {
            Prepared data = Prepared.read(resolved.value(), cache);
            TaskCheck.require(resolved, data);
            return Smoke.run(resolved.value(), data, cache.file("model"));
        }
    }

    @Override
    public Result run(Path folder, Listener listener) throws IOException {
        try (WriteLock lock = RunFolder.lock(folder);
                Cache cache = Cache.of(folder)) {
            return run(folder, cache, listener);
        }
    }

    private Result run(Path folder, Cache cache, Listener listener) throws IOException {
        TableConfig config = resolved.value();
        listener.phaseStarted("reading " + Source.withoutSecrets(config.data().path()));
        Prepared data = Prepared.read(config, cache);
        TaskCheck.require(resolved, data);
        Gates gates = Gates.parse(config.evaluate().gates());
        Parts parts = Parts.of(config, data);
        Learned learned = learned(config, data, parts.train());
        TrainingMemory.of(
                        config,
                        learned.inputs(),
                        (long) parts.train().rows() + parts.validation().rows(),
                        data.streamed())
                .require();
        RunFolder run = RunFolder.begin(folder, resolved, provenance());
        List<Finding> findings = new ArrayList<>(data.findings());
        findings.addAll(parts.findings(config));
        findings.addAll(learned.findings());
        Storage storage = cache.storage(data.streamed());
        listener.phaseStarted("training, to " + folder);
        try (Scope scope = Scope.open()) {
            StepClock clock = new StepClock(listener);
            Fitting fitting =
                    Fitting.run(config, learned, parts.train(), parts.validation(), storage, run.checkpoints(), clock);
            listener.phaseStarted("testing");
            Predictions predictions = Fitting.predict(fitting.bundle(), parts.test());
            Evaluator evaluator = evaluator(config, data.task());
            Evaluation evaluation = evaluator.evaluate(predictions, fitting.baseline());
            CrossValidation folds =
                    config.evaluate().folds() == 0 ? null : crossValidate(config, data, evaluator, storage, listener);
            listener.phaseStarted("writing the report");
            cache.close();
            List<Importance> importance = config.evaluate().importance()
                    ? importance(fitting.bundle(), parts.test(), predictions, evaluator)
                    : List.of();
            EvaluationResult metrics = EvaluationResult.of(evaluation, folds, gates);
            new TableRun(run, config).write(fitting, predictions, metrics, importance, findings);
            return new Result(folder, metrics, findings, fitting.state().epoch(), clock.secondsPerStep());
        }
    }

    private Provenance provenance() {
        TableConfig.Data data = resolved.value().data();
        String test = data.test() == null ? null : new Source(data.test(), data.read()).fingerprint();
        return Provenance.of(command, resolved.value().seed(), data.source().fingerprint(), test);
    }

    private static Learned learned(TableConfig config, Prepared data, Rows train) {
        return Learned.of(config, data.task(), data.features(config.target().names()), train);
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

    private static CrossValidation crossValidate(
            TableConfig config, Prepared data, Evaluator evaluator, Storage storage, Listener listener) {
        int k = config.evaluate().folds();
        Rows rows = data.rows();
        Column dealtBy = Parts.dealtBy(config, rows);
        Splits.Type type = Parts.type(config, data.task());
        Random random = config.splitting();
        List<int[]> folds = Splits.folds(type, k, rows.rows(), dealtBy, random.stream("folds"));
        return CrossValidation.run(
                k,
                fold -> {
                    listener.phaseStarted("cross-validating, fold " + (fold + 1) + " of " + k);
                    Rows rest = rows.select(Splits.others(rows.rows(), folds.get(fold)));
                    List<Double> ratios = config.data().split().ratios();
                    double share = ratios.get(1) / (ratios.get(0) + ratios.get(1));
                    List<int[]> parts = Splits.parts(
                            type,
                            rest.rows(),
                            Parts.dealtBy(config, rest),
                            random.stream("fold", fold),
                            1 - share,
                            share);
                    try (Scope scope = Scope.open()) {
                        Fitting fitting = Fitting.run(
                                config,
                                learned(config, data, rest.select(parts.get(0))),
                                rest.select(parts.get(0)),
                                rest.select(parts.get(1)),
                                (name, dtype, shape) -> storage.allocate("fold" + fold + "." + name, dtype, shape),
                                null,
                                Listener.NONE);
                        Rows held = rows.select(folds.get(fold));
                        return Fitting.predict(
                                fitting.bundle(),
                                held.sample(config.evaluate().rows(), random.stream("fold-test", fold)));
                    }
                },
                evaluator.metrics());
    }

    private static List<Importance> importance(
            TableBundle bundle, Table test, Predictions intact, Evaluator evaluator) {
        List<String> names = bundle.table().features().names();
        return PermutationImportance.STANDARD.of(
                names,
                intact,
                evaluator.metrics().get(0),
                (feature, rows) -> Fitting.predict(bundle, shuffled(test, names.get(feature), rows)));
    }

    private static Table shuffled(Table table, String name, int... rows) {
        return Table.of(table.columns().stream()
                .map(column -> column.name().equals(name) ? column.select(rows) : column)
                .toList());
    }
}
