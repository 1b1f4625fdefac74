package org.lungo.family.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.deploy.Facts;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.NotFiniteException;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.text.GoldenTokens;
import org.lungo.model.Transformer;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** A translation model answers after loading as it did when it was saved, or is refused. */
@ExtendWith(DirtyMemory.class)
class TranslationBundleTest {
    private static final GoldenTokens.Given PAIR = new GoldenTokens.Given(List.of(4L, 5L, 2L), List.of(1L, 6L, 2L));

    @Test
    void isLoadedAndInspectedAsItWasSaved(@TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            Path model = folder.resolve("model");
            bundle().save(model, ServeConfig.DEFAULTS, List.of(PAIR));
            GoldenTokens.Example example = GoldenTokens.load(model).examples().get(0);
            assertThat(example.given()).isEqualTo(PAIR);
            assertThat(example.answers()).hasSize(2).allMatch(logProbability -> logProbability < 0);
            assertThat(TranslationBundle.load(model).tokens().tokenizer().size())
                    .isPositive();
            Facts facts = new Translation().inspect(model);
            assertThat(facts.text()).endsWith("Its golden example gives the same answers as when it was saved.");
            assertThat(facts.values()).containsEntry("golden_examples", 1);
        }
    }

    @Test
    void isRefusedWhenItAnswersOtherwise(@TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            Path model = folder.resolve("model");
            bundle().save(model, ServeConfig.DEFAULTS, List.of(PAIR));
            change(model);
            assertThatThrownBy(() -> TranslationBundle.load(model))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageMatching(".*model no longer answers as it did: expected -[0-9.]+ for golden example 1,"
                            + " the tokens \\[4, 5, 2\\] and \\[1, 6, 2\\]\\. Received: -[0-9.]+; restore .*");
        }
    }

    @Test
    void isNotSavedWithAnswersThatAreNotFinite(@TempDir Path folder) {
        try (Scope scope = Scope.open()) {
            TranslationBundle diverged = bundle();
            Parameters.of(diverged.model())
                    .tensors()
                    .values()
                    .forEach(tensor -> tensor.copyInPlace(tensor.mul(Double.NaN)));
            Path model = folder.resolve("model");
            assertThatThrownBy(() -> diverged.save(model, ServeConfig.DEFAULTS, List.of(PAIR)))
                    .isInstanceOf(NotFiniteException.class)
                    .hasMessageContaining(
                            "must be finite. Received: NaN for golden example 1, the tokens [4, 5, 2] and [1, 6, 2]; use");
            assertThat(model).doesNotExist();
        }
    }

    @Test
    void drawsTokensWhereItIsGivenNone(@TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            Path model = folder.resolve("model");
            bundle().save(model);
            assertThat(GoldenTokens.load(model).examples()).hasSize(3);
            TranslationBundle.load(model);
            Files.delete(model.resolve("golden.json")); // as an earlier version wrote it
            change(model);
            TranslationBundle.load(model);
            assertThat(new Translation().inspect(model).text()).contains("It has no golden examples");
        }
    }

    private static TranslationBundle bundle() {
        TranslationTokens tokens =
                TranslationTokens.learn(List.of("ein Hund", "a dog").iterator(), TokenizerTraining.Type.CHAR, 100);
        int size = tokens.tokenizer().size();
        return new TranslationBundle(Transformer.Config.of(size, 8, 1, 2, 8, 16).build(Random.of(1)), tokens);
    }

    private static void change(Path model) throws IOException {
        Path file = model.resolve("model.safetensors");
        try (Scope scope = Scope.inference()) {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            Safetensors.read(file).tensors().forEach((name, tensor) -> weights.put(name, tensor.mul(1.1)));
            Safetensors.write(file, weights, Map.of("format", "pt"));
        }
        Manifest.write(model, Set.of());
    }
}
