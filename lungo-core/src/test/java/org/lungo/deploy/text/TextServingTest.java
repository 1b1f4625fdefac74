package org.lungo.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.ServeConfig;
import org.lungo.model.Precision;
import org.lungo.tensor.CorruptFileException;

/** What {@code serve.json} says of language models and of others. */
class TextServingTest {
    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWritten() throws IOException {
        TextServing serving = new TextServing(new ServeConfig(8, 0, 16, 500), 3, Precision.INT8);
        serving.save(folder);
        assertThat(Files.readString(folder.resolve("serve.json")))
                .contains("\"max_batch\" : 8", "\"max_texts\" : 3", "\"precision\" : \"int8\"");
        assertThat(TextServing.load(folder)).isEqualTo(serving);
        assertThat(ServeConfig.load(folder)).isEqualTo(serving.config());
    }

    @Test
    void takesWhatAFileSaysAndTheRestByDefault() throws IOException {
        assertThat(TextServing.load(folder)).isEqualTo(TextServing.DEFAULTS);
        write("{\"max_texts\": 8, \"precision\": \"bf16\"}"); // as docs/serving.md says it
        assertThat(TextServing.load(folder)).isEqualTo(new TextServing(ServeConfig.DEFAULTS, 8, Precision.BF16));
        write("{\"maxBatch\": 4, \"maxDelayMs\": 1, \"queue\": 9, \"deadlineMs\": 70, \"maxTexts\": 5,"
                + " \"precision\": null}"); // as it was written before
        assertThat(TextServing.load(folder)).isEqualTo(new TextServing(new ServeConfig(4, 1, 9, 70), 5, null));
        assertThat(ServeConfig.load(folder)).isEqualTo(new ServeConfig(4, 1, 9, 70));
    }

    @Test
    void refusesWhatNobodyKnows() throws IOException {
        write("{\"max_bach\": 4}");
        assertThatThrownBy(() -> TextServing.load(folder))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageEndingWith("serve.json has the unknown key 'max_bach'; known are allow_origin, deadline_ms,"
                        + " max_batch, max_delay_ms, max_texts, precision, queue");
        assertThatThrownBy(() -> ServeConfig.load(folder))
                .hasMessageEndingWith("known are allow_origin, deadline_ms, max_batch, max_delay_ms, queue");
        for (String wrong :
                new String[] {"{\"precision\": \"fp8\"}", "{\"max_texts\": 0}", "{\"max_texts\": \"x\"}", "{"}) {
            write(wrong);
            assertThatThrownBy(() -> TextServing.load(folder)).as(wrong).isInstanceOf(CorruptFileException.class);
        }
    }

    @Test
    void whoServesItMayOverruleIt() {
        TextServing other = TextServing.DEFAULTS.over(
                config -> new ServeConfig(1, 0, 1, 1), Map.of("max_texts", "2", "precision", "int4", "frames", "7"));
        assertThat(other).isEqualTo(new TextServing(new ServeConfig(1, 0, 1, 1), 2, Precision.INT4));
        assertThatThrownBy(() -> TextServing.DEFAULTS.over(config -> config, Map.of("precision", "fp8")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("precision must be one of fp32, bf16, int8, int4. Received: fp8");
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("serve.json"), text);
    }
}
