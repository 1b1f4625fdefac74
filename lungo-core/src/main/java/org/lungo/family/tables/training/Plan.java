package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lungo.data.Finding;
import org.lungo.data.Kind;
import org.lungo.data.Schema;
import org.lungo.data.Task;
import org.lungo.evaluate.Count;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Inferred;
import org.lungo.model.Inputs;
import org.lungo.model.TableNetwork;

/**
 * What an experiment is going to do, found by looking at its data; nothing is built or trained.
 *
 * @param parts the rows of training, validation and test
 * @param features the columns that the model is given
 * @param network what would be trained
 */
public record Plan(
        Task task,
        List<String> classes,
        List<Integer> parts,
        Schema features,
        Network network,
        List<Finding> findings) {
    /**
     * What would be trained.
     *
     * @param inputs the width of what the columns are encoded to
     * @param memory what it needs
     */
    public record Network(TableNetwork family, Inputs inputs, TrainingMemory memory) {}

    /** What training needs. */
    public TrainingMemory memory() {
        return network.memory();
    }

    static Plan of(TableConfig config, Prepared data) {
        Parts parts = Parts.of(config, data);
        Learned learned =
                Learned.of(config, data.task(), data.features(config.target().names()), parts.train());
        Inputs inputs = learned.inputs();
        List<Finding> findings = new ArrayList<>(data.findings());
        findings.addAll(learned.findings());
        int train = parts.train().rows();
        int validation = parts.validation().rows();
        return new Plan(
                data.task(),
                learned.target().classes(),
                List.of(train, validation, parts.testRows()),
                data.features(config.target().names()),
                new Network(
                        config.model().family(inputs),
                        inputs,
                        TrainingMemory.of(config, learned.inputs(), (long) train + validation, data.streamed())),
                findings);
    }

    /** What the data says about values that the config leaves open, by path. */
    public Map<String, Inferred> inferred() {
        String what = switch (task) {
            case REGRESSION -> "numbers";
            case MULTILABEL -> classes.size() + " labels";
            case BINARY, MULTICLASS -> classes.size() + " classes";
        };
        long texts = count(Kind.TEXT);
        return Map.of(
                "model.type",
                new Inferred(network.family().toString(), texts == 0 ? "no text" : Count.of(texts, "text")),
                "target.task",
                new Inferred(task.toString(), what),
                "data.split.type",
                new Inferred(ConfigFile.JSON.valueToTree(Parts.usual(task)).asString(), what));
    }

    /** For a person. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        Inputs inputs = network.inputs();
        line(text, "rows", "%,d training, %,d validation, %,d test", parts.toArray());
        line(text, "target", "%s", task + (classes.isEmpty() ? "" : ": " + String.join(", ", classes)));
        line(
                text,
                "features",
                "%s, %s, %s; encoded to %s and %s",
                Count.of(count(Kind.NUMBER), "number"),
                Count.of(count(Kind.CATEGORY), "category", "categories"),
                Count.of(count(Kind.DATE), "date"),
                Count.of(inputs.numbers(), "number"),
                Count.of(inputs.cardinalities().size(), "embedded category", "embedded categories"));
        inputs.texts()
                .forEach(column -> line(
                        text,
                        "text",
                        "%s, up to %s per row",
                        Count.of(column.tokens(), "token"),
                        Count.of(column.length(), "token")));
        inputs.shaped()
                .forEach(column -> line(
                        text,
                        "values",
                        "%s of '%s' per row",
                        column.shape().stream().map(String::valueOf).collect(Collectors.joining(" x ")),
                        column.column()));
        line(text, "model", "%s, %s", network.family(), Count.of(memory().parameters(), "parameter"));
        line(text, "memory", "%s", memory().toText());
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
}
