package org.lungo.family.tables.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.serving.Family;
import org.lungo.evaluate.Evaluation;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.Attempt;
import org.lungo.experiment.Cache;
import org.lungo.experiment.Claim;
import org.lungo.experiment.Exporter;
import org.lungo.experiment.Flag;
import org.lungo.experiment.Order;
import org.lungo.experiment.Run;
import org.lungo.experiment.Smoke;
import org.lungo.experiment.Study;
import org.lungo.experiment.config.Resolved;
import org.lungo.family.tables.Tables;
import org.lungo.model.TableNetwork;

/** Learning from the rows of tables. */
public final class TableStudy implements Study<TableConfig, Evaluation> {
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
                        + " apply instead: " + TableConfig.FILE.otherDefaults(TableConfig.BERT) + ".");
    }

    /** The run of a config. */
    public static Run<TableConfig, Evaluation> run(Resolved<TableConfig> config) {
        return Run.of(new TableStudy(), config);
    }

    /**
     * The run that learns to predict column {@code target} of a table, all else by default.
     *
     * @param sets values of the config, such as {@code train.epochs=20}
     */
    public static Run<TableConfig, Evaluation> run(String data, String target, String... sets) {
        return run(read("target.column=" + Order.quoted(target), data, sets));
    }

    /** The run that learns which of several labels a row has, each a column with two values. */
    public static Run<TableConfig, Evaluation> run(String data, List<String> targets, String... sets) {
        String columns = targets.stream().map(Order::quoted).collect(Collectors.joining(", ", "[", "]"));
        return run(read("target.columns=" + columns, data, sets));
    }

    private static Resolved<TableConfig> read(String target, String data, String... sets) {
        List<String> all = new ArrayList<>(List.of("data.path=" + Order.quoted(data), target));
        all.addAll(Arrays.asList(sets));
        return TableConfig.read("defaults", "", all);
    }

    @Override
    public Resolved<TableConfig> resolve(Order order) {
        Resolved<TableConfig> resolved =
                TableConfig.resolve(order.input(), order.text(), order.settings(CLAIM.flags()));
        if (resolved.value().data().path().isEmpty()) {
            throw new IllegalArgumentException("no data: say where the table is with data: PATH in " + order.input());
        }
        if (resolved.value().target().names().isEmpty()) {
            throw new IllegalArgumentException(
                    TargetQuestion.of(order, resolved.value().data().source()));
        }
        return resolved;
    }

    @Override
    public Attempt<Evaluation> attempt(Resolved<TableConfig> config, Cache cache) throws IOException {
        return TableAttempt.of(config, cache);
    }

    @Override
    public Smoke smoke(Resolved<TableConfig> config, Cache cache) throws IOException {
        return TableSmoke.run(config, cache);
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
