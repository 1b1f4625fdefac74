package org.lungo.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Datasets;
import org.lungo.experiment.config.ConfigFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists published datasets and fetches them. */
@Command(
        name = "datasets",
        mixinStandardHelpOptions = true,
        description = "List published datasets to try things on, or download one.",
        subcommands = DatasetsCommand.Get.class,
        footer = {"", "Example: lungo datasets get iris"})
final class DatasetsCommand implements Runnable {
    @Option(names = "--json", description = "Print the catalogue as JSON.")
    private boolean json;

    @Override
    public void run() {
        if (json) {
            System.out.println(ConfigFile.JSON.writeValueAsString(Datasets.all()));
            return;
        }
        for (Datasets.Entry entry : Datasets.all()) {
            System.out.printf(
                    "%-20s %-11s %5d KB  %s%n", entry.name(), entry.task(), (entry.bytes() + 999) / 1000, entry.what());
        }
        System.out.println(
                "Next:\n  lungo datasets get " + Datasets.all().get(0).name());
    }

    /** Fetches one dataset. */
    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = "Download a dataset from where it is published and verify it.",
            footer = {"", "Example: lungo datasets get iris --out data/iris"})
    static final class Get implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The name of a dataset, as lungo datasets lists it.")
        private String name = "";

        @Option(names = "--out", paramLabel = "DIR", description = "The folder to write to (default: data/NAME).")
        private @Nullable Path out;

        @Option(
                names = "--mirror",
                paramLabel = "URL",
                description = "A server that has the files under the same paths as raw.githubusercontent.com.")
        private @Nullable URI mirror;

        @Option(names = "--json", description = "Print the files as one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            Datasets.Entry entry = Datasets.named(name);
            Path folder = out == null ? Path.of("data", name) : out;
            List<String> files =
                    entry.get(folder, mirror).stream().map(Path::toString).toList();
            String next = entry.next(folder);
            if (json) {
                System.out.println(ConfigFile.JSON.writeValueAsString(Map.of("files", files, "next", next)));
                return 0;
            }
            files.forEach(file -> System.out.println(file + ": as published (SHA-256)"));
            System.out.println("Licence: " + entry.licence() + "\nNext:\n  " + next);
            return 0;
        }
    }
}
