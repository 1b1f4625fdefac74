package org.lungo.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.lungo.experiment.Experiment;
import org.lungo.experiment.Look;
import org.lungo.experiment.config.Resolved;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows every value of a config and where it comes from, and what training on its data will take. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Check a config and its data; show every value, where it comes from, and what training will take.",
        footer = {"", "Example: lungo check churn.yaml"})
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private ConfigArguments config = new ConfigArguments();

    @Option(names = "--json", description = "Print the values as one JSON object, without looking at the data.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Experiment experiment = config.experiment();
        Resolved<?> resolved = experiment.config();
        if (json) {
            System.out.println(resolved.tree());
            return 0;
        }
        Look look;
        try {
            look = experiment.look();
        } catch (RuntimeException e) {
            System.out.println(resolved.listing()); // what was asked for helps to read the error
            throw e;
        }
        System.out.println(resolved.listing(look.inferred()));
        System.out.println(look.text());
        look.memory().run();
        return 0;
    }
}
