package org.lungo.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.experiment.config.ConfigException;
import org.lungo.family.tables.training.TableConfig;
import org.lungo.tensor.CorruptFileException;

class ServeConfigTest {
    @TempDir
    private Path folder;

    @Test
    void listsOriginsInAConfigAndKeepsThem() throws IOException {
        ServeConfig config = TableConfig.read(
                        "churn.yaml",
                        "serve: {allow_origin: [https://app.example.com, 'http://[::1]:3000']}\n",
                        List.of())
                .value()
                .serve();
        assertThat(config.origins())
                .containsExactlyInAnyOrder(Origin.parse("https://app.example.com"), Origin.parse("http://[::1]:3000"));
        config.save(folder);
        assertThat(ServeConfig.load(folder)).isEqualTo(config);
    }

    @Test
    void filesOfEarlierVersionsListNone() throws IOException {
        Files.writeString(
                folder.resolve("serve.json"),
                "{\"max_batch\": 4, \"max_delay_ms\": 1, \"queue\": 9, \"deadline_ms\": 70}");
        assertThat(ServeConfig.load(folder)).isEqualTo(new ServeConfig(4, 1, 9, 70, List.of()));
        assertThat(ServeConfig.DEFAULTS.allowOrigin()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'*' | each allowed origin must be named, such as https://app.example.com. Received: *",
                "https://a.example/path | an allowed origin must be scheme://host or scheme://host:port",
                "a.example | an allowed origin must be scheme://host or scheme://host:port",
            })
    void refusesWhatIsNotOneOrigin(String text, String message) throws IOException {
        String yaml = "serve:\n  allow_origin: [https://b.example, '" + text + "']\n";
        assertThatThrownBy(() -> TableConfig.read("churn.yaml", yaml, List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("churn.yaml:2:3: error E205: ");
        Files.writeString(folder.resolve("serve.json"), "{\"allow_origin\": [\"" + text + "\"]}");
        assertThatThrownBy(() -> ServeConfig.load(folder))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("serve.json cannot be read: " + message);
    }
}
