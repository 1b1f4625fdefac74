package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Documents;
import org.lungo.deploy.labels.LabelBundle;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.evaluate.EvaluationResult;
import org.lungo.experiment.LabellingEvaluation;
import org.lungo.experiment.LanguageEvaluation;
import org.lungo.experiment.Reevaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a run's stored evaluation, or evaluates its model on other rows. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Show how good a model is: the stored evaluation, or a new one on other rows.",
        footer = {"", "Example: lungo evaluate runs/customers-001 new.csv"})
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder.")
    private Path run = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DATA",
            description = "Rows with the target; for a language model, a text; for a tagger, labelled sentences.")
    private @Nullable String data;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (LabelBundle.isIn(run)) {
            LabellingEvaluation evaluation =
                    data == null ? LabellingEvaluation.stored(run) : LabellingEvaluation.on(run, data);
            System.out.println(json ? evaluation.toJson() : evaluation.toText());
            return 0;
        }
        if (LanguageBundle.isIn(run)) {
            LanguageEvaluation evaluation =
                    data == null ? LanguageEvaluation.stored(run) : LanguageEvaluation.on(run, new Documents(data));
            System.out.println(json ? evaluation.toJson() : evaluation.toText());
            return 0;
        }
        EvaluationResult result = data == null ? Reevaluation.stored(run) : Reevaluation.on(run, data);
        System.out.println(json ? result.toJson() : result.toText());
        return Failures.gates(result.failures());
    }
}
