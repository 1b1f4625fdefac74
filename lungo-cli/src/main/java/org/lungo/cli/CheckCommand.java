package org.lungo.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lungo.experiment.Look;
import org.lungo.experiment.Run;
import org.lungo.experiment.config.Inferred;
import org.lungo.experiment.config.Resolved;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a config sets, what is in its data, and what training will take: at most a screen. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Check a config and its data; show what is set and found, and the memory and time that training will take.",
        footer = {"", "Example: lungo check churn.yaml"})
final class CheckCommand implements Callable<Integer> {
    /** With these, a page of 24 lines holds everything. */
    private static final int VALUES = 8;

    private static final int NOTES = 4;

    @Mixin
    private ConfigArguments config = new ConfigArguments();

    @Option(names = "--json", description = "Print the values as one JSON object, without looking at the data.")
    private boolean json;

    @Option(names = "--all", description = "Show every value of the config, and every note.")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        Run<?, ?> run = config.run();
        Resolved<?> resolved = run.config();
        if (json) {
            System.out.println(resolved.tree());
            return 0;
        }
        Look look;
        try {
            look = run.look();
        } catch (RuntimeException e) {
            System.out.println(listing(resolved, Map.of())); // what was asked for helps to read the error
            throw e;
        }
        System.out.println(listing(resolved, look.inferred()));
        System.out.println(look.toText(all ? Integer.MAX_VALUE : NOTES));
        look.memory().require();
        return 0;
    }

    private String listing(Resolved<?> resolved, Map<String, Inferred> inferred) {
        return all
                ? resolved.listing(inferred)
                : resolved.listing(inferred, VALUES) + "All others are defaults; --all shows every value."
                        + System.lineSeparator();
    }
}
