package org.lungo.experiment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lungo.data.ColumnChoice;
import org.lungo.data.Kind;
import org.lungo.family.tables.training.TableConfig;
import org.lungo.tensor.Random;

class ConfigFileTest {
    private static final String TEXT = "version: 1\ndata: train.csv\ntarget: churn\ntrain:\n  learning_rate: 0.1\n";

    @Test
    void laysTheFileOverTheDefaults() {
        Resolved<TableConfig> resolved = read(TEXT, "train.epochs=3");
        assertThat(resolved.value().data().path()).isEqualTo("train.csv");
        assertThat(resolved.value().train().rate().learningRate()).isEqualTo(0.1);
        assertThat(resolved.value().train().epochs()).isEqualTo(3);
        assertThat(resolved.origins())
                .containsEntry("train.learning_rate", "line 5")
                .containsEntry("train.epochs", "--set train.epochs=3");
        assertThat(resolved.listing()).contains("train.batch_size").contains("default");
    }

    @Test
    void saysWhereEveryValueComesFrom() {
        Resolved<TableConfig> resolved = TableConfig.FILE.resolve(
                "churn.yaml", TEXT, List.of(new Setting("LUNGO_SEED", "seed=3"), Setting.of("train.epochs=3")));
        assertThat(resolved.origins())
                .as("of shorthands, too")
                .containsEntry("data.path", "line 2")
                .containsEntry("target.column", "line 3");
        String listing = resolved.listing(Map.of("target.task", new Inferred("binary", "2 classes")));
        assertThat(listing)
                .containsPattern("target.task +binary +inferred: 2 classes\\R")
                .containsPattern("data.split.type +null +default\\R")
                .containsPattern("seed +3 +LUNGO_SEED\\R")
                .containsPattern("train.epochs +3 +--set train.epochs=3\\R");
        assertThat(resolved.error("seed", "E206", "no").text()).isEqualTo("LUNGO_SEED: error E206: no");
        assertThat(resolved.error("target.column", "E206", "no").text()).startsWith("churn.yaml:3:1: error E206: no");
    }

    @Test
    void refusesItemsOfAnotherType() {
        assertThatThrownBy(() -> read(TEXT, "model.hidden=[1.5]"))
                .hasMessage(
                        "--set model.hidden=[1.5]: error E204: 'model.hidden.0' must be a whole number. Received: 1.5");
        assertThatThrownBy(() -> read(TEXT, "data.split.ratios=[a, b, c]"))
                .hasMessageContaining("E204: 'data.split.ratios.0' must be a number. Received: \"a\"");
        assertThatThrownBy(() -> read(TEXT, "evaluate.metrics=[{f1: 1}]"))
                .hasMessageContaining("'evaluate.metrics.0' must be a text");
        assertThat(read(TEXT, "data.split.ratios=[0.5, 0.5, 0]", "data.read.missing=[1, x]")
                        .value()
                        .data()
                        .read()
                        .missing())
                .containsExactly("1", "x");
    }

    @Test
    void refusesASetWithoutAValue() {
        assertThatThrownBy(() -> read(TEXT, "train="))
                .hasMessage("--set train=: error E202: expected key=value. Received: 'train='");
    }

    @Test
    void readsItsOwnOutput() {
        Resolved<TableConfig> resolved = read(TEXT, "model.hidden=[8, 4]");
        assertThat(read(ConfigFile.toYaml(resolved.tree())).value()).isEqualTo(resolved.value());
    }

    @Test
    void pointsAtEveryError() {
        assertThatThrownBy(() -> read("version: 1\ntrain:\n  learning_rte: 0.1\n  epochs: many\nmodle: {}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        churn.yaml:3:3: error E203: unknown key 'learning_rte' in 'train'; did you mean 'learning_rate'?
                            learning_rte: 0.1
                            ^
                        churn.yaml:4:3: error E204: 'train.epochs' must be a whole number. Received: "many"
                            epochs: many
                            ^
                        churn.yaml:5:1: error E203: unknown key 'modle'; did you mean 'model'?
                          modle: {}
                          ^""");
    }

    @Test
    void readsTheFullForm() {
        TableConfig config = read("""
                        version: 1
                        data: {path: train.csv, split: {type: stratified, ratios: [0.8, 0.1, 0.1], seed: 7}}
                        target: churn
                        features: {age: number, plan: category, day: {format: "%d.%m.%Y"}, note: {type: text}}
                        model: {type: mlp, hidden: [128, 64], dropout: 0.1}
                        train:
                          epochs: 50
                          early_stop: {monitor: val_roc_auc, patience: 5}
                        evaluate: {metrics: [f1, roc_auc], gates: {f1: ">=0.80"}}
                        """).value();
        assertThat(config.data().split().seed()).isEqualTo(7);
        assertThat(config.model().mlp().hidden()).containsExactly(128, 64);
        assertThat(config.train().earlyStop().monitor()).isEqualTo("val_roc_auc");
        assertThat(config.features())
                .containsEntry("age", ColumnChoice.of(Kind.NUMBER))
                .containsEntry("day", new ColumnChoice(Kind.DATE, "%d.%m.%Y"));
    }

    @Test
    void saysWhatIsNoLongerRead() {
        Resolved<TableConfig> resolved =
                TableConfig.read("churn.yaml", "serve: {queue: 9}\n", List.of("serve.max_texts=8"));
        assertThat(resolved.value().serve().queue()).isEqualTo(9);
        assertThat(resolved.notes())
                .containsExactly("--set serve.max_texts=8: serve.max_texts is no longer read; leave it out, in the next"
                        + " version it is an error");
        assertThat(TableConfig.read("churn.yaml", "serve:\n  precision: bf16\n", List.of())
                        .notes())
                .containsExactly(
                        "churn.yaml:2:3: serve.precision is no longer read; leave it out, in the next version it"
                                + " is an error");
        assertThat(resolved.isSaidBy("serve: {queue: 9, max_texts: 3}\n")).isTrue();
        assertThat(resolved.isSaidBy("serve: {queue: 8}\n")).isFalse();
        assertThat(resolved.isSaidBy("serve: {queue: 9, maks: 3}\n")).isFalse();
    }

    @Test
    void isClosedWithinAColumn() {
        assertThatThrownBy(() -> read("version: 1\nfeatures:\n  age:\n    typ: number\n"))
                .hasMessageContaining(
                        "churn.yaml:4:5: error E203: unknown key 'typ' in 'features.age'; did you mean 'type'?");
        assertThatThrownBy(() -> read("features: {age: numbre}")).hasMessageContaining("E205");
        assertThatThrownBy(() -> read("features: {age: {type: number, format: '%d'}}"))
                .hasMessageContaining("a column with a format must be a date");
        assertThatThrownBy(() -> read("evaluate: {gates: {f1: [1]}}"))
                .hasMessageContaining("'evaluate.gates.f1' must be a text");
    }

    @Test
    void refusesAMonitorThatIsNoMetric() {
        assertThatThrownBy(() -> read("train: {early_stop: {monitor: accuracy}}"))
                .hasMessageContaining("monitor must be val_loss, or val_ and the name of a metric");
        assertThatThrownBy(() -> read("train: {early_stop: {monitor: val_acuracy}}"))
                .hasMessageContaining("did you mean 'accuracy'?");
    }

    @Test
    void refusesValuesOutOfTheirRange() {
        assertThatThrownBy(() -> read(TEXT + "  batch_size: 0\n"))
                .hasMessageContaining("error E205: batch_size must be at least 1. Received: 0");
        assertThatThrownBy(() -> read("a: [1")).hasMessageContaining("error E201");
        assertThatThrownBy(() -> read("version: 1\nversion: 1\n")).hasMessageContaining("E201");
        assertThatThrownBy(() -> read("version: !!java.net.URL [x]")).hasMessageContaining("E20");
        assertThatThrownBy(() -> read(TEXT, "train.epohcs=3"))
                .hasMessageStartingWith("--set train.epohcs=3: error E203");
    }

    @Test
    void survivesFiveThousandMutations() {
        var random = Random.of(1).generator();
        String characters = ":[]{}-#&*!|>'\"%@`,?\n x1\t";
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder(TEXT);
            for (int j = 0; j <= random.nextInt(4); j++) {
                text.setCharAt(random.nextInt(text.length()), characters.charAt(random.nextInt(characters.length())));
            }
            try {
                read(text.toString());
            } catch (ConfigException e) {
                assertThat(e.getMessage()).contains("error E2");
            }
        }
    }

    private static Resolved<TableConfig> read(String text, String... sets) {
        return TableConfig.FILE.read("churn.yaml", text, List.of(sets));
    }
}
