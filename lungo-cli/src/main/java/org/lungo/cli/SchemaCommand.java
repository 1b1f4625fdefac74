package org.lungo.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.lungo.experiment.ExperimentConfig;
import org.lungo.experiment.LabellingConfig;
import org.lungo.experiment.LanguageConfig;
import org.lungo.experiment.config.ConfigFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Prints what a config may say: for editors as a JSON Schema, for people as a page. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Print the JSON Schema (2020-12) of a config, or its reference page.",
        footer = {"", "Example: lungo schema > config.schema.json"})
final class SchemaCommand implements Runnable {
    private static final String INTRODUCTION = """
            # Config reference%1$s

            A config is a YAML file. What it leaves out has its default, a key that is not listed here is \
            an error, and `--set train.epochs=20` on the command line comes before the file.%2$s

            Editors that know JSON Schema complete keys, show their meaning and mark errors with \
            [%3$s](%3$s), for example when the first line of the config is

            ```yaml
            # yaml-language-server: $schema=../docs/%3$s
            ```

            This page is `lungo schema%4$s --markdown`, the schema is `lungo schema%4$s`; both are made from the config's records.
            """;

    @Option(names = "--markdown", description = "Print the reference page in Markdown instead.")
    private boolean markdown;

    @Option(names = "--language", description = "Of the config of a language model.")
    private boolean language;

    @Option(names = "--labelling", description = "Of the config of a tagger, which gives tokens labels.")
    private boolean labelling;

    @Override
    public void run() {
        if (language && labelling) {
            throw new IllegalArgumentException("--language and --labelling are of two kinds of config; name one");
        }
        ConfigFile<?> file = labelling ? LabellingConfig.FILE : language ? LanguageConfig.FILE : ExperimentConfig.FILE;
        String title = labelling ? "Lungo labelling" : language ? "Lungo language model" : "Lungo experiment";
        System.out.print(markdown ? file.reference(introduction()) : file.schema(title));
    }

    private String introduction() {
        if (labelling) {
            return String.format(
                    INTRODUCTION,
                    ": labelling tokens",
                    " A config whose `model.type` is `tagger` is one of labelling. `lungo check FILE` shows every value and"
                            + " where it comes from. With `model.from` these defaults hold instead: "
                            + otherDefaults(LabellingConfig.DEFAULTS, LabellingConfig.TUNING) + ".",
                    "labelling.schema.json",
                    " --labelling");
        }
        return language
                ? String.format(
                        INTRODUCTION,
                        ": language models",
                        " A config whose `model.type` is `gpt2`, `llama` or `bert`, and that has no `target`, is one of a"
                                + " language model. For `bert` these defaults hold instead: "
                                + otherDefaults(LanguageConfig.DEFAULTS, LanguageConfig.BERT) + ".",
                        "language.schema.json",
                        " --language")
                : String.format(
                        INTRODUCTION,
                        "",
                        " `lungo check FILE` shows every value and where it comes from. With `model.type: bert` these defaults"
                                + " hold instead: " + otherDefaults(ExperimentConfig.DEFAULTS, ExperimentConfig.BERT)
                                + ".",
                        "config.schema.json",
                        "");
    }

    private static String otherDefaults(Object defaults, Object ofBert) {
        Map<String, String> usual = new LinkedHashMap<>();
        Map<String, String> bert = new LinkedHashMap<>();
        flatten("", ConfigFile.JSON.valueToTree(defaults), usual);
        flatten("", ConfigFile.JSON.valueToTree(ofBert), bert);
        return bert.entrySet().stream()
                .filter(value -> !value.getValue().equals(usual.get(value.getKey())))
                .filter(value -> !value.getKey().equals("model.type"))
                .map(value -> "`" + value.getKey() + ": " + value.getValue() + "`")
                .collect(Collectors.joining(", "));
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), into));
        } else {
            into.put(path, node.isString() ? node.asString() : node.toString());
        }
    }
}
