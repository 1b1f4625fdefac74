package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.lungo.data.ColumnListing;
import org.lungo.data.DataReport;
import org.lungo.data.Kind;
import org.lungo.data.Profile;
import org.lungo.data.Schema;
import org.lungo.data.Source;
import org.lungo.data.Suggestion;
import org.lungo.data.TableReader;
import org.lungo.experiment.Order;
import org.lungo.experiment.ShellLine;
import org.lungo.experiment.config.ConfigFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a small config for a table. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Write a small config for a table.",
        footer = {"", "Example: lungo init customers.csv --target churn --out churn.yaml"})
final class InitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATA", description = "A table.")
    private String data = "";

    @Option(
            names = "--target",
            split = ",",
            paramLabel = "COL",
            description = "The column to predict; several columns with two values each are labels.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE", description = "The config to write (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("experiment.yaml");

    @Option(names = "--json", description = "Print the config's name and the next command as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(out)) {
            throw new IllegalArgumentException(out + " exists; name another file with --out, or remove it");
        }
        Profile profile = profile();
        Schema schema = profile.schema(Map.of());
        Map<String, String> leftOut = leftOut(profile, schema);
        String features = schema.fields().stream()
                .filter(field -> !targets.contains(field.name()))
                .map(field -> "  " + Order.quoted(field.name()) + ": "
                        + (leftOut.containsKey(field.name())
                                ? Kind.IGNORE + " # "
                                        + leftOut.get(field.name()).replaceAll("\\s+", " ")
                                : field.kind())
                        + "\n")
                .collect(Collectors.joining());
        Files.writeString(
                out,
                "version: 1\ndata: " + Order.quoted(data) + "\ntarget: "
                        + (targets.size() == 1 ? Order.quoted(targets.get(0)) : ConfigArguments.list(targets))
                        + "\nfeatures:\n" + features);
        if (json) {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("config", out.toString());
            written.put("left_out", leftOut);
            written.put("next", ShellLine.lungo("check", out.toString()));
            System.out.println(ConfigFile.JSON.writeValueAsString(written));
            return 0;
        }
        System.out.println("Wrote " + out);
        leftOut.values().forEach(reason -> System.out.println("left out: " + reason));
        System.out.println("Next:\n  " + ShellLine.lungo("check", out.toString()) + "\n  "
                + ShellLine.lungo("train", out.toString()));
        return 0;
    }

    private Profile profile() {
        Profile profile;
        try (TableReader reader = Source.of(data).open()) {
            profile = reader.profile();
        }
        if (targets.isEmpty()) {
            ColumnListing columns = new ColumnListing(profile);
            throw new IllegalArgumentException(
                    "no target: say which column to predict with --target COL. " + data + " has the columns\n"
                            + columns.toText() + "\nfor example:\n  "
                            + ShellLine.lungo("init", data, "--target", columns.likelyTarget()));
        }
        List<String> names = profile.names();
        for (String target : targets) {
            if (!names.contains(target)) {
                throw new IllegalArgumentException("no column '" + target + "'" + Suggestion.sentence(target, names)
                        + " Columns: " + String.join(", ", names));
            }
        }
        return profile;
    }

    /** The columns that {@code check} and {@code train} leave out too, with their reasons. */
    private Map<String, String> leftOut(Profile profile, Schema schema) {
        Map<String, String> reasons = new LinkedHashMap<>();
        DataReport.columns(profile, schema, targets).stream()
                .filter(finding -> finding.kind().leavesOut())
                .forEach(finding -> reasons.put(finding.column(), finding.message()));
        return reasons;
    }
}
