package org.lungo.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ModelKind;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.family.labelling.training.LabellingConfig;
import org.lungo.family.language.training.LanguageConfig;
import org.lungo.family.tables.training.TableConfig;
import org.lungo.family.translation.training.TranslationConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Prints what a config may say: for editors as a JSON Schema, for people as a page. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Print the JSON Schema (2020-12) of a config, or its reference page.",
        footer = {"", "Example: lungo schema tables > config.schema.json"})
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

            This page is `lungo schema %4$s --markdown`, the schema is `lungo schema %4$s`; both are made from the config's records.
            """;

    @Option(names = "--markdown", description = "Print the reference page in Markdown instead.")
    private boolean markdown;

    @Parameters(
            arity = "0..1",
            paramLabel = "FAMILY",
            description = "tables (what is printed without it), language, labelling or translation.")
    private @Nullable String family;

    @Option(names = "--language", hidden = true, description = "As lungo schema language.")
    private boolean language;

    @Option(names = "--labelling", hidden = true, description = "As lungo schema labelling.")
    private boolean labelling;

    @Option(names = "--translation", hidden = true, description = "As lungo schema translation.")
    private boolean translation;

    /**
     * A kind of config.
     *
     * @param title of the schema
     * @param heading what the page's heading ends with
     * @param hint what its first paragraph ends with
     * @param option that asks for it and names its file, the family's name; empty for tables
     */
    private record Kind(ConfigFile<?> file, String title, String heading, String hint, String option) {
        static Kind table() {
            return new Kind(
                    TableConfig.FILE,
                    "Lungo experiment",
                    "",
                    " `lungo check FILE` shows every value and where it comes from. With `model.type: bert` these defaults"
                            + " hold instead: " + otherDefaults(TableConfig.DEFAULTS, TableConfig.BERT)
                            + ".",
                    "");
        }

        static Kind language() {
            return new Kind(
                    LanguageConfig.FILE,
                    "Lungo language model",
                    ": language models",
                    " `family: language` says that a config is one of a language model; without it, so does a"
                            + " `model.type` of `gpt2`, `llama` or `bert` where there is no `target`. For `bert` these defaults hold instead: "
                            + otherDefaults(LanguageConfig.DEFAULTS, LanguageConfig.BERT) + ".",
                    "language");
        }

        static Kind labelling() {
            return new Kind(
                    LabellingConfig.FILE,
                    "Lungo labelling",
                    ": labelling tokens",
                    " `family: labelling` says that a config is one of labelling; without it, so does `model.type:"
                            + " tagger`. `lungo check FILE` shows every value and"
                            + " where it comes from. With `model.from` these defaults hold instead: "
                            + otherDefaults(LabellingConfig.DEFAULTS, LabellingConfig.TUNING) + ".",
                    "labelling");
        }

        static Kind translation() {
            return new Kind(
                    TranslationConfig.FILE,
                    "Lungo translation",
                    ": translation",
                    " `family: translation` says that a config is one of a model that translates; without it, so does"
                            + " `model.type: transformer`.",
                    "translation");
        }

        String introduction() {
            String name = option.isEmpty() ? "config" : option;
            String family = option.isEmpty() ? TableConfig.FAMILY : option;
            return String.format(INTRODUCTION, heading, hint, name + ".schema.json", family);
        }
    }

    @Override
    public void run() {
        Kind kind = kind();
        System.out.print(
                markdown
                        ? kind.file().reference(kind.introduction())
                        : kind.file().schema(kind.title()));
    }

    private Kind kind() {
        List<String> named = new ArrayList<>();
        if (family != null) {
            named.add(family);
        }
        if (language) {
            named.add(LanguageConfig.FAMILY);
        }
        if (labelling) {
            named.add(LabellingConfig.FAMILY);
        }
        if (translation) {
            named.add(TranslationConfig.FAMILY);
        }
        if (named.size() > 1) {
            throw new IllegalArgumentException(
                    "expected the config of one family. Received: " + String.join(" and ", named));
        }
        String name = named.isEmpty() ? TableConfig.FAMILY : named.get(0);
        ModelKind kind = ModelKind.named(name);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "the family must be one of " + ModelKind.families() + ". Received: " + name);
        }
        return switch (kind) {
            case TABLE -> Kind.table();
            case LANGUAGE -> Kind.language();
            case TAGGER -> Kind.labelling();
            case TRANSLATOR -> Kind.translation();
        };
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
