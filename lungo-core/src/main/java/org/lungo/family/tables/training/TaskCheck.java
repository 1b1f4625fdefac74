package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.List;
import org.lungo.data.Kind;
import org.lungo.data.Schema;
import org.lungo.data.Splits;
import org.lungo.data.Task;
import org.lungo.evaluate.Metrics;
import org.lungo.experiment.config.ConfigError;
import org.lungo.experiment.config.ConfigException;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Resolved;
import org.lungo.model.TableNetwork;
import org.lungo.train.EpochReport;

/** Whether a config's values fit the task, which is only known when the data was looked at. */
final class TaskCheck {
    private static final String CODE = "E206";

    private final Resolved<TableConfig> resolved;
    private final Task task;
    private final List<ConfigError> errors = new ArrayList<>();

    private TaskCheck(Resolved<TableConfig> resolved, Task task) {
        this.resolved = resolved;
        this.task = task;
    }

    /**
     * Refuses values that would have no meaning for the task or the columns.
     *
     * @throws ConfigException with all of them
     */
    static void require(Resolved<TableConfig> resolved, Prepared data) {
        requireTexts(resolved, data.features(resolved.value().target().names()));
        require(resolved, data.task());
    }

    /**
     * Refuses values that would have no meaning for {@code task}.
     *
     * @throws ConfigException with all of them
     */
    static void require(Resolved<TableConfig> resolved, Task task) {
        TaskCheck check = new TaskCheck(resolved, task);
        check.split(resolved.value().data().split());
        check.training(resolved.value());
        check.monitor(resolved.value().train().earlyStop().monitor());
        check.evaluation(resolved.value().evaluate());
        if (!check.errors.isEmpty()) {
            throw new ConfigException(check.errors);
        }
    }

    /** Refuses a family that reads texts where no column is one. */
    static void requireTexts(Resolved<TableConfig> resolved, Schema features) {
        TableNetwork type = resolved.value().model().type();
        boolean texts = features.fields().stream().anyMatch(field -> field.kind() == Kind.TEXT);
        if (type != null && type.readsTexts() && !texts) {
            throw new ConfigException(List.of(resolved.error(
                    "model.type",
                    CODE,
                    "model.type must be mlp, as no column is text; declare one with features.NAME: text. Received: "
                            + type)));
        }
    }

    /** Whether each row is of one class. */
    static boolean oneClass(Task task) {
        return task == Task.BINARY || task == Task.MULTICLASS;
    }

    private void split(TableConfig.Split split) {
        if (split.type() == Splits.Type.STRATIFIED && split.column() == null && task == Task.REGRESSION) {
            error(
                    "data.split.type",
                    "data.split.type must be random, grouped or time, as there are no classes,",
                    ConfigFile.JSON.valueToTree(split.type()).asString());
        }
    }

    private void training(TableConfig config) {
        Objective objective = config.train().objective();
        LossChoice.Type loss = objective.loss().type();
        if (!loss.tasks().contains(task)) {
            List<String> fitting = new ArrayList<>();
            for (LossChoice.Type type : LossChoice.Type.values()) {
                if (type.tasks().contains(task)) {
                    fitting.add(type.toString());
                }
            }
            error("train.loss.type", "train.loss must be one of " + fitting, loss);
        }
        double smoothing = config.train().more().labelSmoothing();
        if (smoothing > 0 && !task.isClassification()) {
            error(
                    "train.more.label_smoothing",
                    "train.more.label_smoothing must be 0, as there are no classes",
                    smoothing);
        }
        if (objective.classWeights() != ClassWeights.NONE && !oneClass(task)) {
            error("train.class_weights", "train.class_weights must be none", objective.classWeights());
        }
        if (objective.augment().oversample() && !oneClass(task)) {
            error("train.augment.oversample", "train.augment.oversample must be false", true);
        }
    }

    private void monitor(String name) {
        if (!name.equals(EpochReport.VAL_LOSS)) {
            String metric = name.substring(EpochReport.VALIDATION.length());
            if (!Metrics.named(metric).tasks().contains(task)) {
                error(
                        "train.early_stop.monitor",
                        "train.early_stop.monitor must be val_loss, or val_ and one of "
                                + sorted(Metrics.namesFor(task)),
                        name);
            }
        }
    }

    private void evaluation(TableConfig.Evaluate evaluate) {
        if (task != Task.BINARY && !evaluate.threshold().equals(ThresholdRule.DEFAULT)) {
            error("evaluate.threshold", "evaluate.threshold must be " + ThresholdRule.DEFAULT, evaluate.threshold());
        }
        List<String> fitting = Metrics.namesFor(task);
        evaluate.metrics().stream()
                .filter(name -> !Metrics.named(name).tasks().contains(task))
                .forEach(name -> error("evaluate.metrics", "evaluate.metrics must be among " + sorted(fitting), name));
        evaluate.gates().keySet().stream()
                .filter(name -> !Metrics.named(name).tasks().contains(task))
                .forEach(name ->
                        error("evaluate.gates." + name, "evaluate.gates must be among " + sorted(fitting), name));
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }

    private void error(String path, String expected, Object received) {
        errors.add(resolved.error(path, CODE, expected + " for a " + task + " target. Received: " + received));
    }
}
