package org.lungo.experiment;

import java.util.List;
import java.util.Locale;
import org.lungo.data.Finding;
import org.lungo.data.Kind;
import org.lungo.data.Schema;
import org.lungo.data.Task;
import org.lungo.deploy.Bundle;
import org.lungo.model.Mlp;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.FittedTarget;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;

/**
 * What an experiment is going to do, found by looking at its data and building its model, without training.
 *
 * @param parts the rows of training, validation and test
 * @param features the columns that the model is given
 * @param inputs the width of what they are encoded to: numbers, and embedded categories
 * @param parameters the model's trainable values
 */
public record Plan(
        Task task,
        List<String> classes,
        List<Integer> parts,
        Schema features,
        List<Integer> inputs,
        Memory memory,
        List<Finding> findings) {
    /**
     * An estimate of the native memory that training takes, in bytes; the heap is not counted.
     *
     * @param parameters the number of trainable values
     * @param rows the encoded rows of training and validation
     * @param weights the parameters four to five times: themselves, their gradients, the optimiser's state, the best ones
     * @param batch what one batch leaves in every layer until its gradients are known
     */
    public record Memory(long parameters, long rows, long weights, long batch) {
        /** All of it. */
        public long peak() {
            return rows + weights + batch;
        }
    }

    /** Values that a dense block keeps for each of its outputs: product, scaled, shifted, activated, dropped. */
    private static final int KEPT_PER_OUTPUT = 5;

    private static final int COPIES_OF_WEIGHTS = 5;

    static Plan of(ExperimentConfig config, Prepared data) {
        Parts parts = Parts.of(config, data);
        Random random = Random.of(config.seed());
        List<String> targets = config.target().names();
        FittedTarget target = FittedTarget.fit(parts.train(), targets, data.task());
        Schema features = data.features(targets);
        FittedTable table = config.preprocess()
                .fit(parts.train().sample(config.preprocess().rows(), random.stream("sample")), features);
        int numbers = table.numberNames().size();
        int categories = table.cardinalities().size();
        int validation = parts.validation().rows();
        return new Plan(
                data.task(),
                target.classes(),
                List.of(parts.train().rows(), validation, parts.testRows()),
                features,
                List.of(numbers, categories),
                memory(config, table, target, (long) parts.train().rows() + validation),
                data.findings());
    }

    private static Memory memory(ExperimentConfig config, FittedTable table, FittedTarget target, long rows) {
        Mlp.Config model = config.model().mlp();
        int numbers = table.numberNames().size();
        int categories = table.cardinalities().size();
        long parameters;
        try (Scope scope = Scope.open()) {
            parameters = model.build(Bundle.inputs(table, target), Random.of(config.seed()))
                    .count();
        }
        long outputs = model.hidden().stream().mapToLong(width -> width).sum() * KEPT_PER_OUTPUT;
        long inputs = numbers + (long) categories * model.embedding();
        return new Memory(
                parameters,
                rows * (4L * numbers + 8L * categories + 8),
                4 * parameters * COPIES_OF_WEIGHTS,
                4L * config.train().batchSize() * model.members() * (outputs + inputs));
    }

    /** For a person. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        line(text, "rows", "%,d training, %,d validation, %,d test", parts.toArray());
        line(text, "target", "%s", task + (classes.isEmpty() ? "" : ": " + String.join(", ", classes)));
        line(
                text,
                "features",
                "%d numbers, %d categories, %d dates; encoded to %d numbers and %d embedded categories",
                count(Kind.NUMBER),
                count(Kind.CATEGORY),
                count(Kind.DATE),
                inputs.get(0),
                inputs.get(1));
        line(text, "model", "%,d parameters", memory.parameters());
        line(
                text,
                "memory",
                "about %s outside the heap: %s rows, %s weights and optimiser, %s one batch",
                size(memory.peak()),
                size(memory.rows()),
                size(memory.weights()),
                size(memory.batch()));
        findings.forEach(finding -> line(text, "note", "%s", finding.message()));
        return text.toString().stripTrailing();
    }

    private long count(Kind kind) {
        return features.fields().stream().filter(field -> field.kind() == kind).count();
    }

    private static void line(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-9s ", name))
                .append(String.format(Locale.ROOT, format, values))
                .append('\n');
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, bytes < 10 << 20 ? "%.1f MiB" : "%.0f MiB", bytes / 1048576.0);
    }
}
