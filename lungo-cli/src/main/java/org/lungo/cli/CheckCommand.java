package org.lungo.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lungo.data.DocumentReader;
import org.lungo.data.Documents;
import org.lungo.evaluate.Count;
import org.lungo.experiment.config.Resolved;
import org.lungo.family.labelling.LabelFiles;
import org.lungo.family.labelling.LabelledCorpus;
import org.lungo.family.labelling.training.LabellingConfig;
import org.lungo.family.language.training.LanguageConfig;
import org.lungo.family.tables.training.Plan;
import org.lungo.family.tables.training.TableConfig;
import org.lungo.family.tables.training.TableExperiment;
import org.lungo.family.translation.training.TranslationConfig;
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
        switch (config.kind()) {
            case TABLE -> table(config.resolveTable());
            case LANGUAGE -> language(config.resolveLanguage());
            case TAGGER -> labelling(config.resolveLabelling());
            case TRANSLATOR -> translation(config.resolveTranslation());
        }
        return 0;
    }

    /** Prints the values; whether the data are to be looked at as well. */
    private boolean shows(Resolved<?> resolved) {
        System.out.println(json ? resolved.tree() : resolved.listing());
        return !json;
    }

    private void table(Resolved<TableConfig> resolved) throws IOException {
        if (json) {
            System.out.println(resolved.tree());
            return;
        }
        Plan plan;
        try {
            plan = TableExperiment.of(resolved).plan();
        } catch (RuntimeException e) {
            System.out.println(resolved.listing()); // what was asked for helps to read the error
            throw e;
        }
        System.out.println(resolved.listing(plan.inferred()));
        System.out.println(plan.toText());
        plan.memory().require();
    }

    private void language(Resolved<LanguageConfig> resolved) {
        if (!shows(resolved)) {
            return;
        }
        LanguageConfig.Data data = resolved.value().data();
        long documents = 0;
        long characters = 0;
        try (DocumentReader reader = data.documents().open()) {
            while (reader.hasNext()) {
                Documents.Piece piece = reader.next();
                documents += piece.last() ? 1 : 0;
                characters += piece.text().length();
            }
        }
        System.out.printf(
                "%s of %s; the last %s of the text, data.validation, is validated on%n",
                Count.of(documents, "document"), Count.of(characters, "character"), data.validation());
    }

    private void labelling(Resolved<LabellingConfig> resolved) {
        if (!shows(resolved)) {
            return;
        }
        LabellingConfig.Data data = resolved.value().data();
        LabelledCorpus corpus = new LabelFiles(data.path(), data.encoding()).read();
        System.out.printf(
                Locale.ROOT,
                "%,d sentences, %,d tokens, labels (%s): %s%n",
                corpus.sentences().size(),
                corpus.tokens(),
                corpus.scheme(),
                String.join(", ", corpus.labels()));
        corpus.notes().forEach(note -> System.out.println("note: " + note));
    }

    private void translation(Resolved<TranslationConfig> resolved) {
        if (!shows(resolved)) {
            return;
        }
        long[] counts = new long[2];
        resolved.value().data().texts().forEach(pair -> counts[pair.isBlank() ? 1 : 0]++);
        System.out.printf(
                Locale.ROOT,
                "%,d texts with translations, %,d with an empty side that are left out%n",
                counts[0],
                counts[1]);
    }
}
