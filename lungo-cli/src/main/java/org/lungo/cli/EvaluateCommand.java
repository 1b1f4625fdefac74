package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Documents;
import org.lungo.deploy.ModelKind;
import org.lungo.evaluate.BleuTokens;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.Bars;
import org.lungo.family.labelling.training.LabellingEvaluation;
import org.lungo.family.language.training.LanguageEvaluation;
import org.lungo.family.tables.training.Reevaluation;
import org.lungo.family.translation.training.ParallelTexts;
import org.lungo.family.translation.training.TranslationEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            description = "Rows with the target; for a language model, a text; for a tagger, labelled sentences; for a"
                    + " model that translates, texts.")
    private @Nullable String data;

    @Option(
            names = "--to",
            paramLabel = "FILE|COL",
            description = "The reference translations of DATA, line by line; with --from their column.")
    private @Nullable String to;

    @Option(names = "--from", paramLabel = "COL", description = "The column of the texts to translate, of a table.")
    private @Nullable String from;

    @Option(
            names = "--tokenize",
            paramLabel = "13a|zh|char|none",
            description = "How BLEU cuts texts (zh for references in Chinese, else 13a).")
    private @Nullable String tokenize;

    @Mixin
    private SearchArguments search = new SearchArguments();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ModelKind kind = ModelKind.of(run);
        if (to != null && kind != ModelKind.TRANSLATOR) {
            throw new IllegalArgumentException(
                    "--to is for a model that translates; " + run + " does not. Leave it out");
        }
        Measurement measured = switch (kind) {
            case TABLE -> table();
            case LANGUAGE -> language();
            case TAGGER -> labels();
            case TRANSLATOR -> translation();
        };
        System.out.println(json ? measured.toJson() : measured.toText());
        return Failures.gates(measured.failures());
    }

    private Measurement table() throws IOException {
        return data == null ? Reevaluation.stored(run) : Reevaluation.on(run, data);
    }

    private Measurement language() throws IOException {
        LanguageEvaluation measured =
                data == null ? LanguageEvaluation.stored(run) : LanguageEvaluation.on(run, new Documents(data));
        return Bars.judge(run, measured, measured.summary());
    }

    private Measurement labels() throws IOException {
        LabellingEvaluation measured =
                data == null ? LabellingEvaluation.stored(run) : LabellingEvaluation.on(run, data);
        return Bars.judge(run, measured, measured.summary());
    }

    private Measurement translation() throws IOException {
        if (data == null) {
            return judged(TranslationEvaluation.stored(run));
        }
        if (to == null) {
            throw new IllegalArgumentException(
                    "no references: name the translations that " + data + " should have with --to FILE");
        }
        return judged(TranslationEvaluation.on(
                run,
                new ParallelTexts(data, from, to, "utf-8"),
                search.settings(),
                tokenize == null ? null : BleuTokens.named(tokenize)));
    }

    private Measurement judged(TranslationEvaluation measured) throws IOException {
        return Bars.judge(run, measured, measured.summary());
    }
}
