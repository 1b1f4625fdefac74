package org.lungo.experiment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lungo.family.tables.training.TableConfig;

/** What a wrong config says: our words, at the place of the mistake, all mistakes at once. */
class ConfigErrorsTest {
    /** Texts that only Java, Jackson or snakeyaml would say. */
    private static final String FOREIGN =
            "(?s).*(java\\.|jackson|snakeyaml|org\\.lungo|Cannot|deserializ|For input string|Exception|JsonNode|\\$Type|null pointer"
                    + "|string length|parseDouble|NaN\\.|class ).*";

    private static final List<String> WRONG = List.of(
            "foo",
            "'a b'",
            "[1, 2]",
            "[]",
            "[foo, [1]]",
            "[null]",
            "{a: 1}",
            "{}",
            "-7",
            "0",
            "1.5",
            "true",
            "null",
            "''",
            "99999999999",
            "99999999999999999999",
            "-1e300",
            ".nan",
            ".inf",
            "1e999",
            "2024-01-01");

    static Stream<String> keys() {
        Map<String, ConfigKey> keys = ConfigKey.byPath(TableConfig.DEFAULTS);
        assertThat(keys).hasSizeGreaterThan(90);
        return Stream.concat(keys.keySet().stream(), Stream.of("features.*", "evaluate.gates.*"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void neverSpeaksOfJava(String key) {
        String path = key.replace("*", "some");
        for (String wrong : WRONG) {
            StringBuilder yaml = new StringBuilder();
            String[] names = path.split("\\.");
            for (int i = 0; i < names.length; i++) {
                yaml.append("  ".repeat(i)).append(names[i]).append(i + 1 < names.length ? ":\n" : ": " + wrong + "\n");
            }
            refuses(yaml.toString(), List.of(), "churn\\.yaml:[1-9]\\d*:[1-9]\\d*: error E20[1345]: (?s).*");
            refuses(
                    "",
                    List.of(path + "=" + wrong),
                    "--set " + path.replace(".", "\\.") + "=(?s).*: error E20[1345]: .*");
        }
    }

    /** Reads the config; if it is refused, in our words, each error with its place. */
    private static void refuses(String yaml, List<String> sets, String message) {
        try {
            TableConfig.FILE.read("churn.yaml", yaml, sets);
        } catch (ConfigException e) {
            assertThat(e.errors())
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error.text())
                            .as(yaml + sets)
                            .matches(message)
                            .doesNotMatch(FOREIGN));
        }
    }

    @Test
    void namesTheValuesThatAreKnown() {
        assertError(
                "data:\n  split:\n    type: gruped\n",
                "churn.yaml:3:5: error E205: 'data.split.type' must be one of random, stratified, grouped, time, or null."
                        + " Received: gruped; did you mean 'grouped'?");
        assertError(
                "features: {x: Number}",
                "churn.yaml:1:12: error E205: 'features.x' must be one of number, category, date, text, ignore. Received:"
                        + " Number; did you mean 'number'?");
        assertError(
                "data:\n  read:\n    header: maybe\n",
                "churn.yaml:3:5: error E204: 'data.read.header' must be true or false or null. Received: \"maybe\"");
        assertError(
                "model: {hidden: [128, big]}",
                "churn.yaml:1:23: error E204: 'model.hidden.1' must be a whole number. Received: \"big\"");
    }

    @Test
    void namesTheLimitsOfNumbers() {
        assertError(
                "seed: 99999999999999999999",
                "churn.yaml:1:1: error E204: 'seed' must be a whole number from -9223372036854775808 to"
                        + " 9223372036854775807. Received: 99999999999999999999");
        assertError("model: {dropout: .nan}", "error E204: 'model.dropout' must be a finite number. Received:");
        assertError("train: {epochs: 3000000000}", "must be a whole number from -2147483648 to 2147483647");
    }

    @Test
    void listsRangesWithStructuresByLine() {
        assertThatThrownBy(() -> read("""
                        train:
                          batch_size: -4
                          epochs: many
                          more: {accumulate: 0, clip_norm: -1}
                        model:
                          hidden: [0]
                        modle: 3
                        data:
                          split: {ratios: [0.5, 0.5, 0.5]}
                        """))
                .hasMessageMatching("(?s)churn.yaml:2:3: error E205: batch_size must be at least 1\\. Received: -4\n.*"
                        + "churn.yaml:3:3: error E204: .*churn.yaml:4:10: error E205: accumulate .*"
                        + "churn.yaml:4:25: error E205: clip_norm .*churn.yaml:6:3: error E205: .*"
                        + "churn.yaml:7:1: error E203: .*churn.yaml:9:11: error E205: ratios must sum to 1.*");
    }

    @Test
    void namesTheFlagOfAValue() {
        assertThatThrownBy(() -> TableConfig.FILE.read("churn.csv", "", List.of("train.batch_size=-4", "seed=x")))
                .hasMessage("""
                        --set seed=x: error E204: 'seed' must be a whole number. Received: "x"
                        --set train.batch_size=-4: error E205: batch_size must be at least 1. Received: -4""");
        assertThatThrownBy(() -> TableConfig.FILE.resolve(
                        "churn.csv", "", List.of(new Setting("--target a,a", "target=[a, a]"))))
                .hasMessageStartingWith(
                        "--target a,a: error E205: target.columns must be two or more different columns");
        assertThatThrownBy(() -> TableConfig.FILE.read("churn.csv", "", List.of("model.hidden=[1", "seed=1")))
                .hasMessageStartingWith("--set model.hidden=[1: error E201: not valid YAML");
    }

    @Test
    void pointsAtWhatYamlMayNotHold() {
        assertError(
                "version: 1\ndata: a.csv\ntrain: {}\ndata: b.csv\n",
                "churn.yaml:4:1: error E201: the key 'data' is written twice; keep one of the two");
        assertError(
                "version: 1\ndata: !!javax.script.ScriptEngineManager [x]\n",
                "churn.yaml:2:7: error E201: tags such as !!javax.script.ScriptEngineManager are not allowed");
        assertError("seed: !!int many", "churn.yaml:1:7: error E201: expected a number after !!int. Received: many");
        assertError("[a]: 3", "churn.yaml:1:1: error E201: not valid YAML: Non scalar key");
    }

    @Test
    void takesNamesOfColumnsWithDots() {
        Resolved<TableConfig> resolved = TableConfig.FILE.read(
                "a", "features: {a.b: ignore}", List.of("features.c.d=number", "features.e.f.type=date"));
        assertThat(resolved.value().features()).containsOnlyKeys("a.b", "c.d", "e.f");
        assertError("features: {a.b: {type: number, format: '%d'}}", "churn.yaml:1:");
    }

    @Test
    void hidesPasswords() {
        assertThatThrownBy(() -> read("data: {path: 'jdbc:h2:x;password=geheim', pth: 1}"))
                .hasMessageContaining("unknown key 'pth'")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> TableConfig.FILE.read("a", "", List.of("data.pth=jdbc:h2:x;password=geheim")))
                .hasMessageContaining("password=***")
                .hasMessageNotContaining("geheim");
        assertThat(TableConfig.FILE
                        .read("a", "", List.of("data.path=jdbc:h2:x;password=geheim"))
                        .listing())
                .contains("jdbc:h2:x;password=***")
                .doesNotContain("geheim");
    }

    private static void assertError(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigException.class).hasMessageContaining(message);
    }

    private static void read(String yaml) {
        TableConfig.FILE.read("churn.yaml", yaml, List.of());
    }
}
