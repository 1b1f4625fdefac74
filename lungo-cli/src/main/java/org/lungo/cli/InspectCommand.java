package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lungo.data.Field;
import org.lungo.data.Task;
import org.lungo.deploy.Predictor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks a model and says what it needs and answers. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Verify a model; show what it needs and what it answers.",
        footer = {"", "Example: lungo inspect runs/customers-001"})
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "A run folder or its model folder.")
    private Path run = Path.of("");

    @Override
    public Integer call() throws IOException {
        Predictor predictor = Predictor.load(run);
        System.out.println("Predicts '" + predictor.target().column() + "': "
                + predictor.target().task() + ", " + predictor.target().describe());
        if (predictor.target().task() == Task.BINARY) {
            System.out.println("'" + predictor.target().classes().get(1) + "' from a probability of "
                    + predictor.target().threshold() + " on");
        }
        for (Field field : predictor.features().fields()) {
            System.out.printf("  %-24s %s%n", field.name(), field.kind());
        }
        System.out.println("Every file is as its manifest says, and the golden rows answer as they did.");
        return 0;
    }
}
