package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lungo.data.Finding;
import org.lungo.data.Kind;
import org.lungo.data.Schema;
import org.lungo.data.Task;
import org.lungo.evaluate.Count;
import org.lungo.experiment.Look;
import org.lungo.experiment.Look.Line;
import org.lungo.experiment.TrainingMemory;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Inferred;
import org.lungo.model.Inputs;
import org.lungo.model.TableNetwork;

/** What is found in a table before anything is built or trained. */
record TableLook(TableConfig config, Prepared data, Parts parts, Learned learned) {
    /** Of more classes, the first ones are named. */
    private static final int CLASSES = 12;

    static Look of(TableConfig config, Prepared data, Parts parts, Learned learned) {
        TableLook look = new TableLook(config, data, parts, learned);
        TableNetwork network = config.model().family(learned.inputs());
        List<Finding> findings = new ArrayList<>(data.findings());
        findings.addAll(learned.findings());
        TrainingMemory memory = TableMemory.of(
                config,
                learned.inputs(),
                (long) parts.train().rows() + parts.validation().rows(),
                data.streamed());
        return new Look(
                look.inferred(network),
                look.lines(network),
                findings.stream().map(Finding::message).toList(),
                memory);
    }

    private Schema features() {
        return data.features(config.target().names());
    }

    private List<String> classes() {
        return learned.target().classes();
    }

    /** What the data says about values that the config leaves open, by path. */
    private Map<String, Inferred> inferred(TableNetwork network) {
        Task task = data.task();
        String what = switch (task) {
            case REGRESSION -> "numbers";
            case MULTILABEL -> classes().size() + " labels";
            case BINARY, MULTICLASS -> classes().size() + " classes";
        };
        long texts = count(Kind.TEXT);
        return Map.of(
                "model.type",
                new Inferred(network.toString(), texts == 0 ? "no text" : Count.of(texts, "text")),
                "target.task",
                new Inferred(task.toString(), what),
                "data.split.type",
                new Inferred(ConfigFile.JSON.valueToTree(Parts.usual(task)).asString(), what));
    }

    private List<Line> lines(TableNetwork network) {
        List<Line> lines = new ArrayList<>();
        Inputs inputs = learned.inputs();
        lines.add(Line.of(
                "rows",
                "%,d training, %,d validation, %,d test",
                parts.train().rows(),
                parts.validation().rows(),
                parts.testRows()));
        lines.add(Line.of("target", "%s", data.task() + classList()));
        lines.add(Line.of(
                "features",
                "%s, %s, %s; encoded to %s and %s",
                Count.of(count(Kind.NUMBER), "number"),
                Count.of(count(Kind.CATEGORY), "category", "categories"),
                Count.of(count(Kind.DATE), "date"),
                Count.of(inputs.numbers(), "number"),
                Count.of(inputs.cardinalities().size(), "embedded category", "embedded categories")));
        inputs.texts()
                .forEach(column -> lines.add(Line.of(
                        "text",
                        "%s, up to %s per row",
                        Count.of(column.tokens(), "token"),
                        Count.of(column.length(), "token"))));
        inputs.shaped()
                .forEach(column -> lines.add(Line.of(
                        "values",
                        "%s of '%s' per row",
                        column.shape().stream().map(String::valueOf).collect(Collectors.joining(" x ")),
                        column.column())));
        double parameters = config.model().architecture(inputs).count(inputs);
        lines.add(Line.of("model", "%s, %s", network, Count.of((long) parameters, "parameter")));
        return lines;
    }

    private String classList() {
        List<String> classes = classes();
        if (classes.isEmpty()) {
            return "";
        }
        String more = classes.size() > CLASSES
                ? String.format(java.util.Locale.ROOT, ", and %,d more", classes.size() - CLASSES)
                : "";
        return ": " + classes.stream().limit(CLASSES).collect(Collectors.joining(", ")) + more;
    }

    private long count(Kind kind) {
        return features().fields().stream()
                .filter(field -> field.kind() == kind)
                .count();
    }
}
