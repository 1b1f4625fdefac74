package org.lungo.family.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.Facts;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.text.TextServing;
import org.lungo.model.Precision;
import org.lungo.tensor.Scope;

/** What {@code lungo inspect} says of the golden examples of a language model. */
class LanguageTest {
    @TempDir
    private Path folder;

    @Test
    void saysThatTheExamplesWereReplayed() throws IOException {
        Facts facts = inspect(null);
        assertThat(facts.text()).endsWith("Its 3 golden examples give the same answers as when they were saved.");
        assertThat(facts.values()).containsEntry("golden_examples", 3).containsEntry("golden_skipped_in", null);
        assertThat(inspect(Precision.FP32).text()).endsWith("give the same answers as when they were saved.");
    }

    @Test
    void saysInWhichPrecisionTheyAreNot() throws IOException {
        Facts facts = inspect(Precision.INT8);
        assertThat(facts.text())
                .endsWith(
                        "Its 3 golden examples give the same answers as when they were saved. It is served in int8, as its serve.json"
                                + " says: they are not replayed, as rounded weights give different answers.");
        assertThat(facts.values()).containsEntry("golden_examples", 3).containsEntry("golden_skipped_in", "int8");
    }

    @Test
    void saysThatThereAreNone() throws IOException {
        inspect(Precision.INT8);
        Path model = folder.resolve("int8/model");
        Files.delete(model.resolve("golden.json"));
        Manifest.write(model, Set.of());
        try (Scope scope = Scope.open()) {
            Facts facts = new Language().inspect(model);
            assertThat(facts.text()).endsWith("It has no golden examples: an earlier version of Lungo wrote it.");
            assertThat(facts.values()).containsEntry("golden_examples", 0).containsEntry("golden_skipped_in", null);
        }
    }

    private Facts inspect(Precision precision) throws IOException {
        try (Scope scope = Scope.open()) {
            Path run = folder.resolve(String.valueOf(precision));
            Path model = run.resolve("model");
            SmallTexts.generator(true)
                    .bundle()
                    .save(model, new TextServing(ServeConfig.DEFAULTS, 8, precision), List.of());
            Manifest.write(run, Set.of());
            return new Language().inspect(run);
        }
    }
}
