package org.lungo.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lungo.experiment.ExperimentConfig;
import org.lungo.experiment.config.Resolved;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows every value of a config and where it comes from. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check a config; show every value and where it comes from.",
        footer = {"", "Example: lungo check churn.yaml"})
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigArguments config = new ConfigArguments();

    @Option(names = "--json", description = "Print the values as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Resolved<ExperimentConfig> resolved = config.resolve();
        System.out.println(
                json ? resolved.tree().toString() : resolved.listing().stripTrailing());
        return 0;
    }
}
