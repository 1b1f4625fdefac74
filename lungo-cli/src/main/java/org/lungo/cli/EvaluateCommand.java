package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.serving.Family;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.Flag;
import org.lungo.experiment.Study;
import org.lungo.family.Families;
import org.lungo.family.Studies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a run's stored evaluation, or evaluates its model on other rows. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Show how good a model is: the stored evaluation, or a new one on other rows.",
        footer = {"", "Example: lungo evaluate runs/customers-001 new.csv"})
final class EvaluateCommand implements Callable<Integer>, Commands.Computing {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder.")
    private Path run = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DATA",
            description = "Rows with the target; for a language model, a text; for a tagger, labelled sentences; for a"
                    + " translation model, texts.")
    private @Nullable String data;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ModelFolder.require(run);
        Study<?, ?> study = study();
        Map<String, String> options = FamilyFlags.given(spec, flags(), study.evaluating(), run + "");
        Measurement measured = study.evaluate(run, data, options);
        System.out.println(json ? measured.toJson() : measured.toText());
        return Failures.gates(measured.failures());
    }

    private Study<?, ?> study() {
        Family family = Families.of(run);
        return Studies.named(family.name())
                .orElseThrow(() -> new IllegalArgumentException(
                        run + " holds " + family.title() + ", which this build of Lungo cannot evaluate"));
    }

    /** The flags of all families. */
    static List<Flag> flags() {
        return Studies.all().stream()
                .flatMap(study -> study.evaluating().stream())
                .toList();
    }
}
