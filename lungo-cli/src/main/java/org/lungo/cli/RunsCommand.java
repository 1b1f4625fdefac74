package org.lungo.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.evaluate.Count;
import org.lungo.experiment.StoredRun;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.tensor.Check;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists runs, compares two, and removes what is asked for. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "List the runs of a folder, compare two, or remove some.",
        subcommands = {RunsCommand.Compare.class, RunsCommand.Remove.class, RunsCommand.Prune.class},
        footer = {
            "",
            "Examples:",
            "  lungo runs",
            "  lungo runs compare runs/customers-001 runs/customers-002",
            "  lungo runs prune runs/customers-001",
            "  lungo runs remove runs/customers-001"
        })
final class RunsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private static final int MAX_NAME = 36;

    @Option(names = "--in", paramLabel = "DIR", description = "The folder that holds the runs (runs).")
    private Path place = Path.of("runs");

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<StoredRun> runs = StoredRun.in(place);
        if (json) {
            System.out.println(ConfigFile.JSON.writeValueAsString(
                    runs.stream().map(RunsCommand::values).toList()));
        } else if (runs.isEmpty()) {
            System.out.println("No runs in " + place + "; lungo train makes one, and --in names another folder.");
        } else {
            System.out.print(TextTable.of(runs.stream().map(RunsCommand::row).toList()));
        }
        return 0;
    }

    private static Map<String, Object> values(StoredRun run) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("run", run.folder().toString());
        values.put("family", run.family());
        values.put("state", run.state().name().toLowerCase(Locale.ROOT));
        values.put("metrics", run.metrics());
        values.put("baseline", run.baseline());
        values.put("changed", run.changed().toString());
        values.put("bytes", run.bytes());
        return values;
    }

    private static Map<String, String> row(StoredRun run) {
        String headline = run.headline();
        Map<String, String> row = new LinkedHashMap<>();
        row.put("run", name(run.folder()));
        row.put("family", run.family());
        row.put("state", run.state().name().toLowerCase(Locale.ROOT));
        row.put("metric", headline == null ? "" : headline);
        row.put("value", headline == null ? "" : number(run.metrics().get(headline)));
        row.put("baseline", headline == null ? "" : number(run.baseline().get(headline)));
        row.put("changed", TIME.format(run.changed().atZone(ZoneId.systemDefault())));
        row.put("size", size(run.bytes()));
        return row;
    }

    /** The folder, or of a long path its last part, which is what tells runs apart. */
    private static String name(Path folder) {
        String path = folder.toString();
        return path.length() <= MAX_NAME ? path : String.valueOf(folder.getFileName());
    }

    static String number(@Nullable Double value) {
        return value == null || value.isNaN() ? "" : String.format(Locale.ROOT, "%.4f", value);
    }

    static String size(long bytes) {
        return String.format(Locale.ROOT, bytes < 10 << 20 ? "%.1f MiB" : "%,.0f MiB", bytes / 1048576.0);
    }

    /** Deletes something. */
    @FunctionalInterface
    private interface Deletion {
        void run() throws IOException;
    }

    /** Deletes {@code what} if it is meant, and says what was done; returns the exit code. */
    private static int delete(boolean yes, String what, Deletion deletion) throws IOException {
        if (isMeant(yes, "Delete " + what + "?")) {
            deletion.run();
            System.out.println("Deleted " + what + ".");
        } else {
            System.out.println("Nothing was deleted.");
        }
        return 0;
    }

    /** Asks before something is deleted; off a terminal only {@code --yes} is an answer. */
    private static boolean isMeant(boolean yes, String question) {
        if (yes) {
            return true;
        }
        Console console = System.console();
        Check.that(console != null, "off a terminal only --yes removes something", "no --yes");
        String answer = console == null ? null : console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private static List<StoredRun> all(List<Path> folders) throws IOException {
        List<StoredRun> runs = new ArrayList<>();
        for (Path folder : new LinkedHashSet<>(folders)) {
            runs.add(StoredRun.of(folder));
        }
        return runs;
    }

    /** Compares two runs. */
    @Command(
            name = "compare",
            mixinStandardHelpOptions = true,
            description = "Show the metrics of two runs side by side, and the config values that differ.")
    static final class Compare implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "RUN", description = "The folder of a run.")
        private Path first = Path.of("");

        @Parameters(index = "1", paramLabel = "OTHER", description = "The folder of another run.")
        private Path second = Path.of("");

        @Override
        public Integer call() throws IOException {
            StoredRun one = StoredRun.of(first);
            StoredRun other = StoredRun.of(second);
            Set<String> metrics = new LinkedHashSet<>(one.metrics().keySet());
            metrics.addAll(other.metrics().keySet());
            List<Map<String, String>> rows = new ArrayList<>();
            for (String metric : metrics) {
                rows.add(row(
                        "metric",
                        metric,
                        number(one.metrics().get(metric)),
                        number(other.metrics().get(metric))));
            }
            System.out.print(
                    rows.isEmpty()
                            ? "Neither run is finished." + System.lineSeparator()
                            : TextTable.of(rows).toString());
            System.out.println();
            Map<String, String> values = one.config();
            Map<String, String> others = other.config();
            Set<String> keys = new LinkedHashSet<>(values.keySet());
            keys.addAll(others.keySet());
            List<Map<String, String>> differences = keys.stream()
                    .filter(key -> !values.getOrDefault(key, "").equals(others.getOrDefault(key, "")))
                    .map(key -> row("config", key, values.getOrDefault(key, ""), others.getOrDefault(key, "")))
                    .toList();
            System.out.print(
                    differences.isEmpty()
                            ? "The configs are equal." + System.lineSeparator()
                            : TextTable.of(differences).toString());
            return 0;
        }

        private Map<String, String> row(String what, String name, String one, String other) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put(what, name);
            boolean same = name(first).equals(name(second));
            row.put(name(first), one);
            row.put(same ? name(second) + " (2)" : name(second), other);
            return row;
        }
    }

    /** Removes runs. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Delete runs with everything in their folders.")
    static final class Remove implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "RUN", description = "The folders of runs.")
        private List<Path> folders = List.of();

        @Option(names = "--yes", description = "Do not ask.")
        private boolean yes;

        @Override
        public Integer call() throws IOException {
            List<StoredRun> runs = all(folders);
            long bytes = runs.stream().mapToLong(StoredRun::bytes).sum();
            runs.forEach(run -> System.out.println(run.folder() + ", " + size(run.bytes())));
            return delete(yes, Count.of(runs.size(), "run") + ", " + size(bytes), () -> {
                for (StoredRun run : runs) {
                    run.remove();
                }
            });
        }
    }

    /** Removes the checkpoints of finished runs. */
    @Command(
            name = "prune",
            mixinStandardHelpOptions = true,
            description = "Delete the checkpoints of finished runs. Their models and evaluations stay; only more epochs"
                    + " would need the checkpoints.")
    static final class Prune implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "RUN", description = "The folders of runs.")
        private List<Path> folders = List.of();

        @Option(names = "--yes", description = "Do not ask.")
        private boolean yes;

        @Override
        public Integer call() throws IOException {
            List<StoredRun> runs = all(folders);
            long bytes = 0;
            for (StoredRun run : runs) {
                long spare = run.spare();
                bytes += spare;
                System.out.println(run.folder() + ", checkpoints of " + size(spare)
                        + (run.state() == StoredRun.State.FINISHED ? "" : ": not finished, its checkpoints are kept"));
            }
            if (bytes == 0) {
                System.out.println("There is nothing to delete.");
                return 0;
            }
            return delete(yes, "checkpoints of " + size(bytes), () -> {
                for (StoredRun run : runs) {
                    run.prune();
                }
            });
        }
    }
}
