package org.lungo.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Kind;
import org.lungo.data.ReadOptions;
import org.lungo.data.Source;
import org.lungo.data.Splits;
import org.lungo.data.Task;
import org.lungo.evaluate.Gates;
import org.lungo.evaluate.Metrics;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.model.Mlp;
import org.lungo.preprocess.TablePreprocessor;
import org.lungo.tensor.Check;
import org.lungo.train.TrainConfig;

/**
 * One experiment, as a config file says it.
 *
 * @param version of the file format, 1
 * @param data where the rows come from
 * @param target what is predicted
 * @param features kinds of columns, where they differ from what is found; {@code ignore} leaves a column out
 * @param seed of all randomness
 */
public record ExperimentConfig(
        int version,
        Data data,
        Target target,
        Map<String, Kind> features,
        TablePreprocessor preprocess,
        Mlp.Config model,
        TrainConfig train,
        Evaluate evaluate,
        long seed) {
    /** Every default. */
    public static final ExperimentConfig DEFAULTS = new ExperimentConfig(
            1,
            Data.DEFAULTS,
            Target.DEFAULTS,
            Map.of(),
            TablePreprocessor.DEFAULTS,
            Mlp.Config.DEFAULTS,
            TrainConfig.DEFAULTS,
            Evaluate.DEFAULTS,
            42);

    /** How such a file is read. */
    public static final ConfigFile<ExperimentConfig> FILE = new ConfigFile<>(
            DEFAULTS, Set.of("features", "evaluate.gates"), Map.of("data", "path", "target", "column"));

    public ExperimentConfig {
        Check.that(version == 1, "version must be 1", version);
        features = Map.copyOf(features);
    }

    /**
     * Where the rows come from.
     *
     * @param path a file or a {@code jdbc:} address
     * @param test a file of its own for the test, or null to hold out a part
     * @param read how files are read
     * @param split how rows are dealt into training, validation and test
     * @param memory where the rows are while a model is made; the result does not depend on it
     */
    public record Data(String path, @Nullable String test, ReadOptions read, Split split, Memory memory) {
        public static final Data DEFAULTS = new Data("", null, ReadOptions.DEFAULTS, Split.DEFAULTS, Memory.AUTO);

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

    /**
     * How rows are dealt.
     *
     * @param type null deals classes stratified and numbers by chance
     * @param ratios the shares of training, validation and test
     * @param column the groups or times of {@code grouped} and {@code time}
     */
    public record Split(
            Splits.@Nullable Type type,
            List<Double> ratios,
            @Nullable String column) {
        public static final Split DEFAULTS = new Split(null, List.of(0.7, 0.15, 0.15), null);

        public Split {
            ratios = List.copyOf(ratios);
            Check.that(ratios.size() == 3, "ratios must be three shares: training, validation, test", ratios);
            Check.that(Math.abs(ratios.stream().mapToDouble(r -> r).sum() - 1) < 1e-9, "ratios must sum to 1", ratios);
            Check.that(ratios.get(0) > 0 && ratios.get(1) > 0, "training and validation need a share", ratios);
        }
    }

    /**
     * What is predicted.
     *
     * @param task null finds out: classes for text and for two numbers, else regression
     */
    public record Target(String column, @Nullable Task task) {
        public static final Target DEFAULTS = new Target("", null);
    }

    /**
     * How it is evaluated.
     *
     * @param metrics names; empty for the task's usual ones
     * @param gates bars that must be reached
     * @param folds of a cross-validation; 0 for none
     * @param importance whether the importance of every column is measured
     * @param rows the most test rows; from more, so many are drawn by chance
     */
    public record Evaluate(List<String> metrics, Map<String, String> gates, int folds, boolean importance, int rows) {
        public static final Evaluate DEFAULTS = new Evaluate(List.of(), Map.of(), 0, true, 200_000);

        public Evaluate {
            metrics = List.copyOf(metrics);
            metrics.forEach(Metrics::named);
            gates = Map.copyOf(gates);
            Gates.parse(gates);
            Check.positive("rows", rows);
            Check.that(folds == 0 || folds >= 2, "folds must be 0 or at least 2", folds);
        }
    }
}
