package org.lungo.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.experiment.Study;
import org.lungo.family.Families;
import org.lungo.family.Studies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a config may say: for editors as a JSON Schema, for people as a page. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Print the JSON Schema (2020-12) of a config, or its reference page.",
        footer = {"", "Example: lungo schema tables > config.schema.json"})
final class SchemaCommand implements Runnable {
    private static final String INTRODUCTION = """
            # Config reference%1$s

            A config is a YAML file. A key that the file leaves out has its default value; a key that is \
            not listed here is an error. `--set train.epochs=20` on the command line overrides the file.%2$s

            Editors that support JSON Schema complete keys, show their meaning and mark errors with \
            [%3$s](%3$s), for example when the first line of the config is

            ```yaml
            # yaml-language-server: $schema=../docs/%3$s
            ```

            This page is `lungo schema %4$s --markdown`, the schema is `lungo schema %4$s`; both are generated from the config's records.
            """;

    @Option(names = "--markdown", description = "Print the reference page in Markdown instead.")
    private boolean markdown;

    @Parameters(
            arity = "0..1",
            paramLabel = "FAMILY",
            description = "One of ${COMPLETION-CANDIDATES} (default: the first).",
            completionCandidates = FamilyNames.class)
    private @Nullable String family;

    @Option(names = "--language", hidden = true, description = "The same as lungo schema language.")
    private boolean language;

    @Option(names = "--labelling", hidden = true, description = "The same as lungo schema labelling.")
    private boolean labelling;

    @Option(names = "--translation", hidden = true, description = "The same as lungo schema translation.")
    private boolean translation;

    @Override
    public void run() {
        Study<?, ?> study = study();
        Study.Reference reference = study.reference();
        String name = study.family().name();
        String file = study.equals(Studies.all().get(0)) ? "config" : name;
        String introduction =
                String.format(INTRODUCTION, reference.heading(), reference.hint(), file + ".schema.json", name);
        System.out.print(
                markdown
                        ? reference.file().reference(introduction)
                        : reference.file().schema(reference.title()));
    }

    private Study<?, ?> study() {
        List<String> named = new ArrayList<>();
        if (family != null) {
            named.add(family);
        }
        if (language) {
            named.add("language");
        }
        if (labelling) {
            named.add("labelling");
        }
        if (translation) {
            named.add("translation");
        }
        if (named.size() > 1) {
            throw new IllegalArgumentException(
                    "expected the config of one family. Received: " + String.join(" and ", named));
        }
        return named.isEmpty()
                ? Studies.all().get(0)
                : Studies.named(named.get(0))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the family must be one of " + Families.names() + ". Received: " + named.get(0)));
    }
}
