package org.lungo.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.tensor.CorruptFileException;

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
        assertThat(ModelFolder.inside(folder)).isEqualTo(folder);
        Path model = Files.createDirectory(folder.resolve("model"));
        assertThat(ModelFolder.inside(folder)).isEqualTo(model);
        Files.writeString(model.resolve("vocab.txt"), "[PAD]\n");
        assertThat(kind()).isEqualTo(ModelKind.LANGUAGE);
        assertThat(kind().refusal(folder)).contains(folder + " holds a language model; lungo generate");
    }

    @Test
    void theFolderSaysItsFamilyItself() throws IOException {
        write("tokenizer.json", "{}");
        ModelFolder.write(folder, "tables");
        assertThat(kind()).isEqualTo(ModelKind.TABLE);
        assertThat(ModelFolder.of(folder)).isEqualTo(new ModelFolder(folder, "tables"));
        assertThat(Files.readString(folder.resolve("model.json")))
                .contains("\"family\" : \"tables\"", "\"format\" : 1", "\"lungo\" : \"" + Version.current());
        ModelFolder.write(folder, "dreams");
        assertThatThrownBy(this::kind)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder + " holds a model of the family 'dreams', which this build of Lungo does not have;"
                        + " it has tables, language, labelling, translation");
    }

    @Test
    void whatTheFolderSaysMustBeReadable() throws IOException {
        write("model.json", "{\"family\": \"tables\", \"format\": 2, \"lungo\": \"9.0\"}");
        assertThatThrownBy(this::kind)
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("has format 2, this version reads up to 1; use Lungo 9.0");
        for (String broken : new String[] {"{\"format\": 1}", "{", "[]", ""}) {
            write("model.json", broken);
            assertThatThrownBy(this::kind)
                    .as(broken)
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("model.json cannot be read");
        }
    }

    private ModelKind kind() {
        return ModelKind.of(folder);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
