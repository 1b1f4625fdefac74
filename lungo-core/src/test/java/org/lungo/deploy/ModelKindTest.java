package org.lungo.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelKindTest {
    @TempDir
    private Path folder;

    @Test
    void filesSayWhatAModelAnswers() throws IOException {
        assertThat(kind()).isEqualTo(ModelKind.TABLE);
        write("config.json", "{\"model_type\": \"gpt2\"}");
        write("tokenizer.json", "{}");
        assertThat(kind()).isEqualTo(ModelKind.LANGUAGE);
        write("config.json", "{\"model_type\": \"lungo_transformer\"}");
        assertThat(kind()).isEqualTo(ModelKind.TRANSLATOR);
        write("config.json", "{\"model_type\": ");
        assertThat(kind()).isEqualTo(ModelKind.LANGUAGE);
        write("preprocess.json", "{}"); // a text classifier: a tokenizer, and columns
        assertThat(kind()).isEqualTo(ModelKind.TABLE);
        write("labels.json", "{}");
        assertThat(kind()).isEqualTo(ModelKind.TAGGER);
    }

    @Test
    void theModelOfARunStandsInItsOwnFolder() throws IOException {
        assertThat(ModelKind.modelFolder(folder)).isEqualTo(folder);
        Path model = Files.createDirectory(folder.resolve("model"));
        assertThat(ModelKind.modelFolder(folder)).isEqualTo(model);
        Files.writeString(model.resolve("vocab.txt"), "[PAD]\n");
        assertThat(kind()).isEqualTo(ModelKind.LANGUAGE);
        assertThat(kind().refusal(folder)).contains(folder + " holds a language model; lungo generate");
    }

    private ModelKind kind() {
        return ModelKind.of(folder);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
