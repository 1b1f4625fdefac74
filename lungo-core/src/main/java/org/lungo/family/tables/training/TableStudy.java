package org.lungo.family.tables.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.Family;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.Claim;
import org.lungo.experiment.Experiment;
import org.lungo.experiment.Exporter;
import org.lungo.experiment.Flag;
import org.lungo.experiment.Order;
import org.lungo.experiment.Study;
import org.lungo.experiment.config.Resolved;
import org.lungo.family.tables.Tables;
import org.lungo.model.TableNetwork;

/** Learning from the rows of tables. */
public final class TableStudy implements Study {
    private static final Flag TARGET = new Flag(
            "--target",
            "COL[,COL...]",
            "The column to predict; several columns with two values each are labels.",
            true,
            true,
            TableStudy::target);
    private static final Flag TEST =
            Flag.of("--test", "DATA", "Rows to test on; else a part is held out.", false, "data.test");
    private static final Flag QUERY =
            Flag.of("--query", "SQL", "The rows to read from a jdbc: address.", false, "data.read.query");

    private static final Claim CLAIM = new Claim(List.of(TARGET, TEST, QUERY), types(), order -> false, Map.of());

    @Override
    public Family family() {
        return new Tables();
    }

    /** It is what is meant where no other family claims the data. */
    @Override
    public Claim claim() {
        return CLAIM;
    }

    /** A pre-trained BERT reads texts of tables, too; its name is a language model's. */
    private static List<String> types() {
        return Arrays.stream(TableNetwork.values())
                .map(TableNetwork::toString)
                .filter(type -> !type.equals("bert"))
                .toList();
    }

    /** One column, or several, each flag with one or with several that are divided by commas. */
    private static String target(List<String> targets) {
        List<String> names = targets.stream()
                .flatMap(target -> Arrays.stream(target.split(",", -1)))
                .map(String::strip)
                .map(Order::quoted)
                .toList();
        return "target="
                + (names.size() == 1
                        ? "{column: " + names.get(0) + ", columns: []}"
                        : names.stream().collect(Collectors.joining(", ", "{column: '', columns: [", "]}")));
    }

    @Override
    public Reference reference() {
        return new Reference(
                TableConfig.FILE,
                "Lungo experiment",
                "",
                " `lungo check FILE` shows every value and where it comes from. With `model.type: bert` these defaults"
                        + " hold instead: " + TableConfig.FILE.otherDefaults(TableConfig.BERT) + ".");
    }

    @Override
    public Experiment experiment(Order order) {
        Resolved<TableConfig> resolved =
                TableConfig.resolve(order.input(), order.text(), order.settings(CLAIM.flags()));
        if (resolved.value().target().names().isEmpty()) {
            throw new IllegalArgumentException("no target: say which column to predict with --target COL");
        }
        if (resolved.value().data().path().isEmpty()) {
            throw new IllegalArgumentException("no data: say where the table is with data: PATH in " + order.input());
        }
        return TableExperiment.of(resolved);
    }

    @Override
    public Measurement evaluate(Path run, @Nullable String data, Map<String, String> options) throws IOException {
        return data == null ? Reevaluation.stored(run) : Reevaluation.on(run, data);
    }

    @Override
    public Map<String, Exporter> exports() {
        return Map.of("onnx", new OnnxExporter());
    }
}
