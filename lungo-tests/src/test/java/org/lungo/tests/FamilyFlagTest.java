package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command learns, as the key {@code family}, a flag, the config and the data say it. */
class FamilyFlagTest {
    @TempDir
    private Path folder;

    private Path notes;

    @BeforeEach
    void writeData() throws IOException {
        notes = Files.writeString(folder.resolve("notes.txt"), "the cat sat on the mat.\n".repeat(200));
    }

    @Test
    void theFlagSaysWhatTheDataDoesNot() {
        assertThat(lungo("check", notes.toString(), "--json", "--family", "language"))
                .contains("\"family\":\"language\"");
        assertThat(lungo("check", notes.toString(), "--family", "tables"))
                .contains("error E200: no target: say which column to predict with --target COL");
        assertThat(lungo("check", notes.toString(), "--set", "family=labelling"))
                .contains("--set family=labelling");
    }

    @Test
    void theKeySaysItInAConfig() throws IOException {
        Path config = Files.writeString(folder.resolve("a.yaml"), "family: language\ndata: '" + notes + "'\n");
        assertThat(lungo("check", config.toString(), "--json")).contains("\"family\":\"language\"");
        assertThat(lungo("check", config.toString(), "--family", "tables"))
                .contains("error E200: --family asks for the family tables, and the family is language already");
        assertThat(lungo("check", config.toString(), "--target", "label"))
                .contains("error E200: --target asks for the family tables, and the family is language already");
    }

    @Test
    void namesTheFamiliesWhereOneIsMisspelt() throws IOException {
        Path config = Files.writeString(folder.resolve("a.yaml"), "family: langauge\n");
        String known = "must be one of tables, language, labelling, translation. Received: langauge";
        assertThat(lungo("check", config.toString())).contains("E200: family in " + config + " " + known);
        assertThat(lungo("check", notes.toString(), "--family", "langauge")).contains("E200: --family " + known);
        assertThat(lungo("check", notes.toString(), "--set", "family=langauge")).contains("--set family " + known);
        assertThat(lungo("schema", "langauge")).contains("the family " + known);
    }

    @Test
    void namesTheModelsOfAllFamiliesWhereOneIsMisspelt() throws IOException {
        Path config = Files.writeString(folder.resolve("a.yaml"), "model: {type: tager}\ndata: x.conll\n");
        assertThat(lungo("check", config.toString()))
                .contains("E200: model.type in " + config + " must be a model of one of the families (tables: mlp, ")
                .contains("language: gpt2, llama, bert; labelling: tagger; translation: transformer). Received: tager");
        assertThat(lungo("check", notes.toString(), "--set", "model.type=gtp2")).contains("Received: gtp2");
        assertThat(lungo("check", notes.toString(), "--set", "model=gtp2")).contains("Received: gtp2");
    }

    /** All that the command printed. */
    private static String lungo(String... arguments) {
        Shell shell = Shell.run(arguments);
        return shell.out() + shell.err();
    }
}
