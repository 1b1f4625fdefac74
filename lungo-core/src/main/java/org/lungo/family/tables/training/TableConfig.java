package org.lungo.family.tables.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.data.ColumnChoice;
import org.lungo.data.Kind;
import org.lungo.data.ReadOptions;
import org.lungo.data.Source;
import org.lungo.data.Splits;
import org.lungo.data.Task;
import org.lungo.deploy.ServeConfig;
import org.lungo.evaluate.Gates;
import org.lungo.evaluate.Metrics;
import org.lungo.experiment.RunConfig;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Resolved;
import org.lungo.experiment.config.Setting;
import org.lungo.family.tables.Tables;
import org.lungo.preprocess.TablePreprocessor;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;

/** One experiment, as a config file says it. */
public record TableConfig(
        @JsonPropertyDescription("The version of the file format, 1.")
        int version,

        @JsonPropertyDescription("The family of the model, `tables`.")
        String family,

        @JsonPropertyDescription("Where the rows come from.")
        Data data,

        @JsonPropertyDescription("What is predicted.") Target target,

        @JsonPropertyDescription(
                "The types of columns, where they differ from those detected; `ignore` leaves a column out.")
        Map<String, ColumnChoice> features,

        @JsonPropertyDescription("How columns are prepared for the model.")
        TablePreprocessor preprocess,

        @JsonPropertyDescription("The shape of the network.")
        ModelChoice model,

        @JsonPropertyDescription("How the model is trained.")
        TableTraining train,

        @JsonPropertyDescription("How the model is evaluated.")
        Evaluate evaluate,

        @JsonPropertyDescription("How the model is served.") ServeConfig serve,

        @JsonPropertyDescription("The seed of all randomness.")
        long seed)
        implements RunConfig {
    /** What {@code family} says. */
    public static final String FAMILY = Tables.NAME;

    /** Every default. */
    public static final TableConfig DEFAULTS = new TableConfig(
            1,
            FAMILY,
            Data.DEFAULTS,
            Target.DEFAULTS,
            Map.of(),
            TablePreprocessor.DEFAULTS,
            ModelChoice.DEFAULTS,
            TableTraining.DEFAULTS,
            Evaluate.DEFAULTS,
            ServeConfig.DEFAULTS,
            42);

    /** What differs when the network begins with one that was trained before (`model.type: bert`): how it is trained. */
    public static final TableConfig BERT = new TableConfig(
            DEFAULTS.version,
            FAMILY,
            DEFAULTS.data,
            DEFAULTS.target,
            DEFAULTS.features,
            DEFAULTS.preprocess,
            DEFAULTS.model,
            TableTraining.OF_BERT,
            DEFAULTS.evaluate,
            DEFAULTS.serve,
            DEFAULTS.seed);

    /** How such a file is read. */
    public static final ConfigFile<TableConfig> FILE = file(DEFAULTS);

    private static final ConfigFile<TableConfig> BERT_FILE = file(BERT);

    private static ConfigFile<TableConfig> file(TableConfig defaults) {
        return new ConfigFile<>(
                defaults,
                Map.of("features", ColumnChoice.FOUND, "evaluate.gates", ""),
                Map.of(
                        "data",
                        "path",
                        "target",
                        "column",
                        "target[]",
                        "columns",
                        "features.*",
                        "type",
                        "train.loss",
                        "type"),
                Set.of("serve.max_texts", "serve.precision"));
    }

    @Override
    public int epochs() {
        return train.epochs();
    }

    @Override
    public String source() {
        return Source.withoutSecrets(data.path());
    }

    /** Resolves the config in {@code text}, see {@link ConfigFile#read}; the defaults are those of its {@code model.type}. */
    public static Resolved<TableConfig> read(String name, String text, List<String> sets) {
        return resolve(name, text, sets.stream().map(Setting::of).toList());
    }

    /** The same with values that know where they come from. */
    public static Resolved<TableConfig> resolve(String name, String text, List<Setting> settings) {
        Resolved<TableConfig> resolved = FILE.resolve(name, text, settings);
        return resolved.value().model().beginsTrained() ? BERT_FILE.resolve(name, text, settings) : resolved;
    }

    public TableConfig {
        Check.that(version == 1, "version must be 1", version);
        Check.that(family.equals(FAMILY), "family must be " + FAMILY, family);
        features = inOrder(features);
        for (String name : target.names()) {
            ColumnChoice choice = features.getOrDefault(name, ColumnChoice.FOUND);
            Check.that(
                    choice.type() != Kind.IGNORE,
                    "the target '" + name + "' cannot be ignored; leave it out of features",
                    "features." + name + ": ignore");
        }
    }

    /** A copy in the same order, so that a config is always written in the same way. */
    private static <V> Map<String, V> inOrder(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The randomness that deals rows: its own, or a stream of the one seed. */
    Random splitting() {
        Long own = data.split().seed();
        return own == null ? Random.of(seed) : Random.of(own);
    }

    /** Where the rows come from. */
    public record Data(
            @JsonPropertyDescription(
                    "A file (CSV, Parquet, JSON lines, ARFF) or a `jdbc:` address, in which `${NAME}` stands for an"
                            + " environment variable."
                            + " Objects within rows of JSON and Parquet become columns, such as `address.city`.")
            String path,

            @JsonPropertyDescription("A separate file for the test; null holds out a part of `path`.") @Nullable
            String test,

            @JsonPropertyDescription("How files are read.") ReadOptions read,

            @JsonPropertyDescription("How rows are split into training, validation and test.")
            Split split,

            @JsonPropertyDescription(
                    "Where rows are during training: in the heap, or read in chunks as often as needed; `auto` takes"
                            + " the heap when the rows need at most a quarter of it. The result is the same.")
            Memory memory) {
        public static final Data DEFAULTS = new Data("", null, ReadOptions.DEFAULTS, Split.DEFAULTS, Memory.AUTO);

        public Data {
            Check.that(
                    read.query() == null || path.isEmpty() || path.startsWith("jdbc:"),
                    "data.read.query is for a jdbc: address; leave it out for a file",
                    "data.path: " + path);
        }

        Source source() {
            return new Source(path, read);
        }
    }

    /** Where rows are. */
    public enum Memory {
        /** In the heap when they take at most a quarter of it. */
        @JsonProperty("auto")
        AUTO,
        /** In the heap. */
        @JsonProperty("heap")
        HEAP,
        /** Read in chunks as often as needed; what they are encoded to is kept in files of the run folder until it ends. */
        @JsonProperty("stream")
        STREAM
    }

    /** How rows are dealt. */
    public record Split(
            @JsonPropertyDescription("How rows are split; null splits classes stratified and numbers at random.")
            Splits.@Nullable Type type,

            @JsonPropertyDescription("The shares of training, validation and test.")
            List<Double> ratios,

            @JsonPropertyDescription(
                    "The column with the groups of `grouped` or the times of `time`; `stratified` takes it instead of"
                            + " the"
                            + " target. A column of groups is a feature only if `features` declares it.")
            @Nullable
            String column,

            @JsonPropertyDescription(
                    "The seed of the split, so that runs with other seeds train on the same rows; null takes `seed`.")
            @Nullable
            Long seed) {
        public static final Split DEFAULTS = new Split(null, List.of(0.7, 0.15, 0.15), null, null);

        public Split {
            ratios = List.copyOf(ratios);
            Check.that(ratios.size() == 3, "ratios must be three shares: training, validation, test", ratios);
            Check.that(Math.abs(ratios.stream().mapToDouble(r -> r).sum() - 1) < 1e-9, "ratios must sum to 1", ratios);
            Check.that(ratios.get(0) > 0 && ratios.get(1) > 0, "training and validation need a share", ratios);
            Check.that(
                    column != null || type != Splits.Type.GROUPED && type != Splits.Type.TIME,
                    "data.split.type: grouped and time need data.split.column, the column with the groups or the times",
                    "none");
            Check.that(
                    column == null || type != null && type != Splits.Type.RANDOM,
                    "data.split.column has no effect without data.split.type: grouped, time or stratified",
                    "column: " + column);
        }
    }

    /** What is predicted. */
    public record Target(
            @JsonPropertyDescription("The column to predict, a class or a number.")
            String column,

            @JsonPropertyDescription(
                    "Several columns of two values each, such as no and yes, instead of one: any of several labels.")
            List<String> columns,

            @JsonPropertyDescription(
                    "The type of answer; null detects it: several labels for `columns`, classes for text, for two"
                            + " numbers and for the whole numbers from 0 or 1 to at most 10 without gaps, else"
                            + " regression.")
            @Nullable
            Task task) {
        public static final Target DEFAULTS = new Target("", List.of(), null);

        public Target {
            columns = List.copyOf(columns);
            Check.that(
                    columns.isEmpty() || column.isEmpty(),
                    "target needs a column or columns, not both",
                    column + " and " + columns);
            Check.that(
                    columns.isEmpty()
                            || columns.size() > 1 && Set.copyOf(columns).size() == columns.size(),
                    "target.columns must be two or more different columns",
                    columns);
            Check.that(
                    task == null || (task == Task.MULTILABEL) == !columns.isEmpty(),
                    "target.columns go with task: multilabel, target.column with the other tasks",
                    "task: " + task + ", column: '" + column + "', columns: " + columns);
        }

        /** The target columns; none when no target is named. */
        public List<String> names() {
            return !columns.isEmpty() ? columns : column.isEmpty() ? List.of() : List.of(column);
        }

        /** The target in words. */
        public String title() {
            return String.join(", ", names());
        }
    }

    /** How it is evaluated. */
    public record Evaluate(
            @JsonPropertyDescription("The names of metrics, such as `f1` or `rmse`; `[]` for the task's usual ones.")
            List<String> metrics,

            @JsonPropertyDescription(
                    "Thresholds that metrics must reach, such as `f1: '>=0.80'`; a run that misses one exits with 4.")
            Map<String, String> gates,

            @JsonPropertyDescription("The number of folds of a cross-validation; 0 for none.")
            int folds,

            @JsonPropertyDescription(
                    "Whether the importance of the columns is measured: of every one, or in a table of more than"
                            + " 128 of the 64 that go most with the predictions, on at most 1000 rows.")
            boolean importance,

            @JsonPropertyDescription("The maximum number of test rows; of more, a random sample of this size is taken.")
            int rows,

            @JsonPropertyDescription(
                    "The lowest probability at which a row is of the second of two classes: `default` (0.5), a"
                            + " number, or the"
                            + " best on the validation rows by `f1`, `mcc` or `youden` (sensitivity + specificity -"
                            + " 1).")
            String threshold) {
        public static final Evaluate DEFAULTS =
                new Evaluate(List.of(), Map.of(), 0, true, 200_000, ThresholdRule.DEFAULT);

        public Evaluate {
            metrics = List.copyOf(metrics);
            metrics.forEach(Metrics::named);
            gates = inOrder(gates);
            Gates.parse(gates);
            Check.positive("rows", rows);
            ThresholdRule.of(threshold);
            Check.that(folds == 0 || folds >= 2, "folds must be 0 or at least 2", folds);
        }
    }
}
