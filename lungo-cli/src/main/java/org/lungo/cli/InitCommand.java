package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lungo.data.Source;
import org.lungo.data.TableReader;
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
            required = true,
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
        StringBuilder features = new StringBuilder();
        try (TableReader reader = Source.of(data).open()) {
            var profile = reader.profile();
            List<String> names = profile.names();
            for (String target : targets) {
                if (!names.contains(target)) {
                    throw new IllegalArgumentException(
                            "no column '" + target + "'. Columns: " + String.join(", ", names));
                }
            }
            profile.columns().stream()
                    .filter(column -> !targets.contains(column.name()))
                    .forEach(column -> features.append("  '")
                            .append(column.name().replace("'", "''"))
                            .append("': ")
                            .append(column.kind())
                            .append('\n'));
        }
        Files.writeString(
                out,
                "version: 1\ndata: '" + data.replace("'", "''") + "'\ntarget: "
                        + (targets.size() == 1
                                ? "'" + targets.get(0).replace("'", "''") + "'"
                                : ConfigArguments.list(targets))
                        + "\nfeatures:\n" + features);
        if (json) {
            System.out.println(
                    ConfigFile.JSON.writeValueAsString(Map.of("config", out.toString(), "next", "lungo check " + out)));
            return 0;
        }
        System.out.println("Wrote " + out + "\nNext:\n  lungo check " + out + "\n  lungo train " + out);
        return 0;
    }
}
