package org.lungo.cli;

import org.lungo.experiment.ExperimentConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what a config may say: for editors as a JSON Schema, for people as a page. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Print the JSON Schema (2020-12) of a config, or its reference page.",
        footer = {"", "Example: lungo schema > config.schema.json"})
final class SchemaCommand implements Runnable {
    private static final String INTRODUCTION = """
            # Config reference

            A config is a YAML file. What it leaves out has its default, a key that is not listed here is \
            an error, and `--set train.epochs=20` on the command line comes before the file. `lungo check FILE` shows \
            every value and where it comes from.

            Editors that know JSON Schema complete keys, show their meaning and mark errors with \
            [config.schema.json](config.schema.json), for example when the first line of the config is

            ```yaml
            # yaml-language-server: $schema=../docs/config.schema.json
            ```

            This page is `lungo schema --markdown`, the schema is `lungo schema`; both are made from the config's records.
            """;

    @Option(names = "--markdown", description = "Print the reference page in Markdown instead.")
    private boolean markdown;

    @Override
    public void run() {
        System.out.print(
                markdown
                        ? ExperimentConfig.FILE.reference(INTRODUCTION)
                        : ExperimentConfig.FILE.schema("Lungo experiment"));
    }
}
