package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.cli.Lungo;
import org.lungo.experiment.config.ConfigException;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.family.tables.training.TableConfig;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The schema and the reference page of a config: as generated, and true. The validator is networknt's. */
class ConfigReferenceTest {
    private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TableConfig.FILE.schema("Lungo experiment"), InputFormat.JSON);

    @Test
    void committedSchemaIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(DOCS.resolve("config.schema.json")))
                .as("run: ./lungo schema > docs/config.schema.json")
                .isEqualTo(output("schema"));
    }

    @Test
    void committedPageIsTheGeneratedOne() throws IOException {
        assertThat(Files.readString(DOCS.resolve("reference.md")))
                .as("run: ./lungo schema --markdown > docs/reference.md")
                .isEqualTo(output("schema", "--markdown"));
    }

    @Test
    void thoseOfLanguageModelsAreTheGeneratedOnes() throws IOException {
        assertThat(Files.readString(DOCS.resolve("language.schema.json")))
                .as("run: ./lungo schema language > docs/language.schema.json")
                .isEqualTo(output("schema", "--language"));
        assertThat(Files.readString(DOCS.resolve("language-reference.md")))
                .as("run: ./lungo schema language --markdown > docs/language-reference.md")
                .isEqualTo(output("schema", "language", "--markdown"));
    }

    @Test
    void thoseOfLabellingAreTheGeneratedOnes() throws IOException {
        assertThat(Files.readString(DOCS.resolve("labelling.schema.json")))
                .as("run: ./lungo schema labelling > docs/labelling.schema.json")
                .isEqualTo(output("schema", "--labelling"));
        assertThat(Files.readString(DOCS.resolve("labelling-reference.md")))
                .as("run: ./lungo schema labelling --markdown > docs/labelling-reference.md")
                .isEqualTo(output("schema", "labelling", "--markdown"));
    }

    @Test
    void thoseOfTranslationAreTheGeneratedOnes() throws IOException {
        assertThat(Files.readString(DOCS.resolve("translation.schema.json")))
                .as("run: ./lungo schema translation > docs/translation.schema.json")
                .isEqualTo(output("schema", "--translation"));
        assertThat(Files.readString(DOCS.resolve("translation-reference.md")))
                .as("run: ./lungo schema translation --markdown > docs/translation-reference.md")
                .isEqualTo(output("schema", "translation", "--markdown"));
    }

    @Test
    void acceptsTheExample() throws IOException {
        String example = Files.readString(DOCS.resolveSibling("examples/quickstart.yaml"));
        assertThat(errors(example)).isEmpty();
        assertThat(errors(example.replace("learning_rate", "learning_rte")))
                .singleElement()
                .asString()
                .contains("learning_rte");
    }

    @Test
    void acceptsEveryValueWrittenOut() {
        assertThat(errors(ConfigFile.toYaml(ConfigFile.JSON.valueToTree(TableConfig.DEFAULTS))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: train.csv",
                "target: 2020",
                "{data: {path: a.csv, read: {missing: [-999, '']}}, target: {column: y, task: multiclass}}",
                "{data: {split: {type: time, column: day, ratios: [0.5, 0.5, 0]}}, target: {task: null}}",
                "features: {age: number, id: ignore}",
                "evaluate: {gates: {f1: '>=0.80'}, metrics: [f1], folds: 5}",
                "train: {learning_rate: 1, early_stop: {patience: 0}, more: {precision: bf16}}",
                "target: [left, right]",
                "train: {loss: huber, class_weights: balanced}",
                "train: {loss: {type: huber, delta: 0.5}, optimizer: {betas: [0.9, 0.99], more: {amsgrad: true}}}",
                "model: {hidden: []}"
            })
    void acceptsWhatTheBinderAccepts(String config) {
        assertThat(binds(config)).isTrue();
        assertThat(errors(config)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "modle: {hidden: [3]}",
                "data: {pth: a.csv}",
                "data: [a.csv]",
                "data:",
                "target: {column: y, task: binery}",
                "features: {age: numbr}",
                "train: {epochs: many}",
                "train: {loss: hubr}",
                "train: {loss: [huber]}",
                "train: {rate: {learning_rate: 1}}",
                "train: {epochs: 1.5}",
                "train: 3",
                "model: {hidden: 3}",
                "model: {residual: 3}",
                "model: {activation: null}",
                "train: {more: {precision: fp64}}",
                "data: {split: {ratios: [a, b, c]}}"
            })
    void refusesWhatTheBinderRefuses(String config) {
        assertThat(binds(config)).isFalse();
        assertThat(errors(config)).isNotEmpty();
    }

    private static boolean binds(String config) {
        try {
            TableConfig.FILE.read("test.yaml", config, List.of());
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }

    private static List<String> errors(String yaml) {
        return SCHEMA.validate(new YAMLMapper().readTree(yaml)).stream()
                .map(Object::toString)
                .toList();
    }

    /** What a command prints. */
    private static String output(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Lungo.run(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
