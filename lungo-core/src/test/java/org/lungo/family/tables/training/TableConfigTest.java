package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.experiment.config.ConfigException;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Resolved;

class TableConfigTest {
    /** Else a run could not be resumed by another process, whose maps have another order. */
    @Test
    void writesMapsInTheOrderOfTheFile() {
        Resolved<TableConfig> config = read("features={z: number, a: number, m: number, b: number, k: number}");
        assertThat(ConfigFile.toYaml(config.tree())).containsPattern("(?s)z:.*a:.*m:.*b:.*k:");
        assertThat(config.value().features().keySet()).containsExactly("z", "a", "m", "b", "k");
    }

    @Test
    void refusesToIgnoreTheTarget() {
        assertThatThrownBy(() -> read("target=churn", "features.churn=ignore"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("E205: the target 'churn' cannot be ignored; leave it out of features. Received:"
                        + " features.churn: ignore");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.read.query=select 1|data.read.query is for a jdbc: address; leave it out for a file",
                "train.schedule={type: plateau, warmup_epochs: 2}|schedule: plateau has no warmup_epochs",
                "train.more.label_smoothing=1|label_smoothing must be at least 0 and below 1. Received: 1.0",
                "train.optimizer.epsilon=0|epsilon must be a finite number above 0. Received: 0.0"
            })
    void refusesWhatMeansNothing(String set, String message) {
        assertThatThrownBy(() -> read("data=rows.csv", set))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("E205: " + message);
    }

    private static Resolved<TableConfig> read(String... sets) {
        return TableConfig.FILE.read("churn.yaml", "version: 1", List.of(sets));
    }
}
