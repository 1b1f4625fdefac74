package org.lungo.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.Version;
import org.lungo.deploy.serving.Family;
import org.lungo.family.labelling.Labelling;
import org.lungo.family.language.Language;
import org.lungo.family.tables.Tables;
import org.lungo.family.translation.Translation;
import org.lungo.tensor.CorruptFileException;

final class FamiliesTest {
    @TempDir
    private Path folder;

    @Test
    void filesSayWhatAModelAnswers() throws IOException {
        assertThat(kind().name()).isEqualTo(Tables.NAME);
        write("config.json", "{\"model_type\": \"gpt2\"}");
        write("tokenizer.json", "{}");
        assertThat(kind().name()).isEqualTo(Language.NAME);
        write("config.json", "{\"model_type\": \"lungo_transformer\"}");
        assertThat(kind().name()).isEqualTo(Translation.NAME);
        write("config.json", "{\"model_type\": ");
        assertThat(kind().name()).isEqualTo(Language.NAME);
        write("preprocess.json", "{}"); // a text classifier: a tokenizer, and columns
        assertThat(kind().name()).isEqualTo(Tables.NAME);
        write("labels.json", "{}");
        assertThat(kind().name()).isEqualTo(Labelling.NAME);
    }

    @Test
    void theModelOfARunStandsInItsOwnFolder() throws IOException {
        assertThat(ModelFolder.inside(folder)).isEqualTo(folder);
        Path model = Files.createDirectory(folder.resolve("model"));
        assertThat(ModelFolder.inside(folder)).isEqualTo(model);
        Files.writeString(model.resolve("vocab.txt"), "[PAD]\n");
        assertThat(kind().name()).isEqualTo(Language.NAME);
        assertThat(kind().refusal(folder)).contains(folder + " holds a language model; lungo generate");
    }

    @Test
    void theFolderSaysItsFamilyItself() throws IOException {
        write("tokenizer.json", "{}");
        ModelFolder.write(folder, "tables");
        assertThat(kind().name()).isEqualTo(Tables.NAME);
        assertThat(ModelFolder.of(folder)).isEqualTo(new ModelFolder(folder, "tables"));
        assertThat(Files.readString(folder.resolve("model.json")))
                .contains("\"family\" : \"tables\"", "\"format\" : 1", "\"lungo\" : \"" + Version.current());
        ModelFolder.write(folder, "dreams");
        assertThatThrownBy(this::kind)
                .isInstanceOf(CorruptFileException.class)
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

    private Family kind() {
        return Families.of(folder);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
