package org.lungo.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Documents;
import org.lungo.data.Source;
import org.lungo.deploy.ModelKind;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Resolved;
import org.lungo.experiment.config.Setting;
import org.lungo.family.labelling.LabelFiles;
import org.lungo.family.labelling.training.LabellingConfig;
import org.lungo.family.language.training.LanguageConfig;
import org.lungo.family.tables.training.TableConfig;
import org.lungo.family.translation.training.TranslationConfig;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The arguments that name an experiment: a config file, or a table and its target. */
final class ConfigArguments {
    @Parameters(
            paramLabel = "DATA|CONFIG",
            description =
                    "A table (CSV, Parquet, JSON lines, ARFF), a jdbc: address, a folder of folders of texts (with"
                            + " --target label), a text, labelled sentences (.conll) or a .yaml config.")
    private String input = "";

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description =
                    "What to train, where DATA could be several things: tables, language, labelling or translation.")
    private @Nullable String family;

    @Option(
            names = "--target",
            paramLabel = "COL[,COL...]",
            description = "The column to predict; several columns with two values each are labels.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "FILE|COL",
            description = "Learn to translate: the translations of DATA, line by line; with --from their column.")
    private @Nullable String to;

    @Option(names = "--from", paramLabel = "COL", description = "The column of the texts to translate, of a table.")
    private @Nullable String from;

    @Option(names = "--test", paramLabel = "DATA", description = "Rows to test on; else a part is held out.")
    private @Nullable String test;

    @Option(names = "--query", paramLabel = "SQL", description = "The rows to read from a jdbc: address.")
    private @Nullable String query;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A config value, such as train.epochs=20.")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "The seed of all randomness.")
    private @Nullable Long seed;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /**
     * What a model of these arguments answers. The key {@code family} says it, else a flag, else the config, else the data.
     *
     * @throws IllegalArgumentException when the arguments contradict each other
     */
    ModelKind kind() throws IOException {
        if (from != null && to == null) {
            throw new IllegalArgumentException(
                    "--from names the column to translate from; name that of the translations with --to");
        }
        if (to != null && !targets.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected --to, to learn to translate, or --target, to predict a column. Received: both");
        }
        ModelKind named = named();
        if (to != null) {
            return agreeing(named, ModelKind.TRANSLATOR, "--to");
        }
        if (!targets.isEmpty()) {
            return agreeing(named, ModelKind.TABLE, "--target");
        }
        if (named != null) {
            return named;
        }
        ModelTypes.requireKnown(input, isConfig() ? text() : "", sets);
        return isConfig() ? kindOfConfig(text()) : kindOfData();
    }

    /** The family that is named by {@code --family}, or by {@code family} in {@code --set} or the config; null for none. */
    private @Nullable ModelKind named() throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        if (isConfig()) {
            String inConfig = ConfigFile.text(input, text(), "family");
            if (inConfig != null) {
                names.put("family in " + input, inConfig);
            }
        }
        sets.stream()
                .filter(set -> set.startsWith("family="))
                .forEach(set -> names.put("--set family", set.substring("family=".length())));
        if (family != null) {
            names.put(origin("--family"), family);
        }
        ModelKind named = null;
        for (Map.Entry<String, String> name : names.entrySet()) {
            ModelKind kind = ModelKind.named(name.getValue());
            if (kind == null) {
                throw new IllegalArgumentException(
                        name.getKey() + " must be one of " + ModelKind.families() + ". Received: " + name.getValue());
            }
            named = agreeing(named, kind, name.getKey());
        }
        return named;
    }

    private static ModelKind agreeing(@Nullable ModelKind named, ModelKind kind, String flag) {
        if (named != null && named != kind) {
            throw new IllegalArgumentException(flag + " asks for the family " + kind.family() + ", and the family is "
                    + named.family() + " already; leave one of the two out");
        }
        return kind;
    }

    private ModelKind kindOfConfig(String text) {
        if (TranslationConfig.isMeant(input, text)) {
            return ModelKind.TRANSLATOR;
        }
        if (LabellingConfig.isMeant(input, text)) {
            return ModelKind.TAGGER;
        }
        return LanguageConfig.isMeant(input, text) ? ModelKind.LANGUAGE : ModelKind.TABLE;
    }

    private ModelKind kindOfData() {
        if (query != null) {
            return ModelKind.TABLE;
        }
        if (LabelFiles.areMeant(input)) {
            return ModelKind.TAGGER;
        }
        return LanguageConfig.isNamed(sets) || Documents.areTexts(input) ? ModelKind.LANGUAGE : ModelKind.TABLE;
    }

    /** The config of a model that translates with every value: defaults, file, then the flags. */
    Resolved<TranslationConfig> resolveTranslation() throws IOException {
        if (test != null || query != null) {
            throw new IllegalArgumentException(
                    "a model that translates takes no --test and no --query; name the pairs to validate on with --set"
                            + " data.validation_path=FILE --set data.validation_to=FILE, and measure others with lungo"
                            + " evaluate RUN SOURCE --to REFERENCE");
        }
        List<Setting> all = new ArrayList<>();
        if (to != null) {
            all.add(new Setting(origin("--to"), "data.to=" + quoted(to)));
        }
        if (from != null) {
            all.add(new Setting(origin("--from"), "data.from=" + quoted(from)));
        }
        addCommon(all);
        Resolved<TranslationConfig> resolved = TranslationConfig.FILE.resolve(input, isConfig() ? text() : "", all);
        if (resolved.value().data().to().isEmpty()) {
            throw new IllegalArgumentException("no translations: say where they are with data.to in " + input);
        }
        return resolved;
    }

    /** The config of a language model with every value: defaults, file, then the flags. */
    Resolved<LanguageConfig> resolveLanguage() throws IOException {
        if (test != null || query != null) {
            throw new IllegalArgumentException("a language model takes no --test and no --query; it is validated on"
                    + " the end of its text (data.validation)");
        }
        List<Setting> all = new ArrayList<>();
        addCommon(all);
        return noted(LanguageConfig.resolve(input, isConfig() ? text() : "", all));
    }

    /** The config of labelling with every value: defaults, file, then the flags. */
    Resolved<LabellingConfig> resolveLabelling() throws IOException {
        if (query != null) {
            throw new IllegalArgumentException("labelled sentences are files; --query is for a jdbc: address");
        }
        List<Setting> all = new ArrayList<>();
        if (test != null) {
            all.add(new Setting(origin("--test"), "data.test=" + quoted(test)));
        }
        addCommon(all);
        return noted(LabellingConfig.resolve(input, isConfig() ? text() : "", all));
    }

    /** Says, beside what a command prints, what is no longer read. */
    private static <T> Resolved<T> noted(Resolved<T> resolved) {
        resolved.notes().forEach(note -> System.err.println("note: " + note));
        return resolved;
    }

    private boolean isConfig() {
        return input.endsWith(".yaml") || input.endsWith(".yml");
    }

    private void addCommon(List<Setting> all) {
        if (!isConfig()) {
            all.add(0, new Setting("argument", "data.path=" + quoted(input)));
        }
        if (seed != null) {
            all.add(new Setting(origin("--seed"), "seed=" + seed));
        }
        sets.forEach(set -> all.add(new Setting(origin("--set") + " " + set, set)));
    }

    /** The config of a model for tables with every value: defaults, file, then the flags. */
    Resolved<TableConfig> resolveTable() throws IOException {
        List<Setting> all = new ArrayList<>();
        if (!targets.isEmpty()) {
            all.add(new Setting(origin("--target"), "target=" + section(targets)));
        }
        if (test != null) {
            all.add(new Setting(origin("--test"), "data.test=" + quoted(test)));
        }
        if (query != null) {
            all.add(new Setting(origin("--query"), "data.read.query=" + quoted(query)));
        }
        addCommon(all);
        Resolved<TableConfig> resolved = noted(TableConfig.resolve(input, isConfig() ? text() : "", all));
        if (resolved.value().target().names().isEmpty()) {
            throw new IllegalArgumentException("no target: say which column to predict with --target COL");
        }
        if (resolved.value().data().path().isEmpty()) {
            throw new IllegalArgumentException("no data: say where the table is with data: PATH in " + input);
        }
        return resolved;
    }

    /** A name for the run, from the input's. */
    String name() {
        return Source.of(input).name();
    }

    private String text() throws IOException {
        Path file = Path.of(input);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no config file " + file + "; relative paths start at "
                    + Path.of("").toAbsolutePath());
        }
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + " is not a text file in UTF-8; a config is YAML");
        }
    }

    /** The flag, or the environment variable that stands in for it. */
    private String origin(String flag) {
        return command.commandLine().getParseResult().hasMatchedOption(flag)
                ? flag
                : EnvironmentDefaults.variable(flag);
    }

    /** One column, or several, each flag with one or with several that are divided by commas. */
    private static String section(List<String> targets) {
        List<String> names = targets.stream()
                .flatMap(target -> Arrays.stream(target.split(",", -1)))
                .toList();
        return names.size() == 1
                ? "{column: " + quoted(names.get(0)) + ", columns: []}"
                : "{column: '', columns: " + list(names) + "}";
    }

    /** A list in YAML. */
    static String list(List<String> names) {
        return "["
                + String.join(
                        ", ", names.stream().map(name -> quoted(name.strip())).toList())
                + "]";
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
