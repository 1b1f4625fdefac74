package org.lungo.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.deploy.GoldenFile;
import org.lungo.deploy.Manifest;
import org.lungo.deploy.NotFiniteException;
import org.lungo.deploy.text.GoldenTokens.Given;
import org.lungo.model.Bert;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.model.MaskedLanguageModel;
import org.lungo.model.Precision;
import org.lungo.nn.Parameter;
import org.lungo.nn.Parameters;
import org.lungo.preprocess.tokenizer.Tokenizer;
import org.lungo.preprocess.tokenizer.TokenizerTraining;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Random;
import org.lungo.tensor.Safetensors;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Models for texts answer after loading as they did when they were saved, or are refused. */
@ExtendWith(DirtyMemory.class)
class GoldenTokensTest {
    private static final int VOCABULARY = 40;
    private static final int CONTEXT = 12;
    private static final Tokenizer TOKENIZER = TokenizerTraining.of(TokenizerTraining.Type.WORDPIECE, VOCABULARY)
            .train(List.of("a b c d".repeat(3)).iterator());
    private static final List<Given> TEXTS = List.of(Given.of(List.of(7L, 8L, 9L)), Given.of(List.of(5L, 6L)));

    enum Kind {
        GPT,
        LLAMA,
        BERT,
        HEADED_BERT;

        TextBundle build() {
            Bert.Config bert = Bert.Config.of(VOCABULARY, CONTEXT, 1, 2, 8, 0.1);
            Llama.Config llama =
                    new Llama.Config(VOCABULARY, CONTEXT, 1, 32, 48, new Llama.Heads(4, 2, 8), Llama.Details.LLAMA);
            MaskedLanguageModel headed = MaskedLanguageModel.build(bert, Random.of(3));
            return switch (this) {
                case GPT -> new LanguageBundle(gpt(), TOKENIZER);
                case LLAMA -> new LanguageBundle(llama.build(Random.of(3)), TOKENIZER);
                case BERT -> new BertBundle(bert.build(Random.of(3)), null, TOKENIZER);
                case HEADED_BERT -> new BertBundle(headed.bert(), headed.head(), TOKENIZER);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersAsItDidWhenItWasSaved(Kind kind, @TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            Path model = folder.resolve(kind + "-" + System.nanoTime());
            TextBundle bundle = kind.build();
            bundle.save(model, TextServing.DEFAULTS, TEXTS);
            GoldenTokens golden = GoldenTokens.load(model);
            assertThat(golden.examples())
                    .extracting(GoldenTokens.Example::given)
                    .isEqualTo(TEXTS);
            assertThat(golden.examples().get(0).answers())
                    .hasSize(kind == Kind.BERT ? 12 : kind == Kind.HEADED_BERT ? 15 : 2);
            assertThat(Manifest.verify(model).files()).containsKey("golden.json");
            assertThat(TextBundle.load(model).golden(TEXTS)).isEqualTo(golden);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAModelThatAnswersOtherwise(Kind kind, @TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            Path model = folder.resolve(kind + "-" + System.nanoTime());
            kind.build().save(model, TextServing.DEFAULTS, TEXTS);
            change(model);
            assertThatThrownBy(() -> TextBundle.load(model))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageMatching("(?s).*" + kind + "-.* no longer answers as it did: expected -?[0-9.E-]+ for"
                            + " golden example 1, the tokens \\[7, 8, 9\\]\\. Received: -?[0-9.E-]+; restore it from a"
                            + " copy, use the version of Lungo that wrote it, or train again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotSavedWithAnswersThatAreNotFinite(Kind kind, @TempDir Path folder) {
        try (Scope scope = Scope.open()) {
            TextBundle diverged = kind.build();
            Parameters.of(diverged).tensors().values().forEach(tensor -> tensor.copyInPlace(tensor.mul(Double.NaN)));
            Path model = folder.resolve("model");
            assertThatThrownBy(() -> diverged.save(model, TextServing.DEFAULTS, TEXTS))
                    .isInstanceOf(NotFiniteException.class)
                    .hasMessage("training diverged: the answers of the trained model must be finite. Received: NaN for"
                            + " golden example 1, the tokens [7, 8, 9]; use a smaller train.learning_rate, or check the"
                            + " data for extreme values");
            assertThat(model).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource
    void loadsWhatHasNoExamples(Kind kind, @TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            Path earlier = folder.resolve(kind + "-" + System.nanoTime());
            kind.build().save(earlier);
            Files.delete(earlier.resolve("golden.json"));
            change(earlier);
            assertThat(GoldenTokens.load(earlier).examples()).isEmpty();
            TextBundle loaded = TextBundle.load(earlier);
            Path exported = folder.resolve(kind + "-" + System.nanoTime());
            loaded.export(exported);
            assertThat(exported.resolve("golden.json")).doesNotExist();
            assertThat(TextBundle.load(exported).golden(TEXTS)).isEqualTo(loaded.golden(TEXTS));
            Files.writeString(exported.resolve("golden.json"), "of somebody else");
            assertThat(TextBundle.load(exported).golden(TEXTS)).isEqualTo(loaded.golden(TEXTS));
        }
    }

    @Test
    void roundedWeightsAnswerOtherwiseAndAreNotAsked(@TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            new LanguageBundle(gpt(), TOKENIZER).save(folder.resolve("model"));
            Path model = folder.resolve("model");
            change(model);
            for (Precision precision : List.of(Precision.BF16, Precision.INT8, Precision.INT4)) {
                assertThat(LanguageBundle.load(model, precision).context()).isEqualTo(CONTEXT);
            }
            assertThatThrownBy(() -> LanguageBundle.load(model, Precision.FP32))
                    .hasMessageContaining("no longer answers as it did");
            assertThatThrownBy(() -> LanguageBundle.load(model, null))
                    .hasMessageContaining("no longer answers as it did");
        }
    }

    /** They are read as FLOAT32, and so answer in FLOAT32 when they are saved. */
    @Test
    void weightsStoredInSixteenBitsAnswerAsTheyAreRead(@TempDir Path folder) throws IOException {
        try (Scope scope = Scope.open()) {
            LanguageModel narrow = Parameters.replace(
                    gpt(),
                    (name, part) -> part instanceof Parameter parameter
                            ? Parameter.of(parameter.value().detach().to(DType.BFLOAT16))
                            : part);
            Path model = folder.resolve("model");
            new LanguageBundle(narrow, TOKENIZER).save(model, TextServing.DEFAULTS, TEXTS);
            assertThat(Safetensors.read(model.resolve("model.safetensors"))
                            .tensors()
                            .values())
                    .allMatch(tensor -> tensor.dtype() == DType.BFLOAT16);
            assertThat(TextBundle.load(model).golden(TEXTS)).isEqualTo(GoldenTokens.load(model));
        }
    }

    @Test
    void logProbabilitiesAreThoseOfSoftmax() {
        try (Scope scope = Scope.inference()) {
            Tensor logits = Tensor.of(new float[] {1, 2, 0, 5, 5, 5}, 1, 2, 3);
            double[] logarithms = GoldenTokens.logProbabilities(logits, List.of(1L, 2L));
            double[] expected = {-Math.log(1 + Math.exp(-1) + Math.exp(-2)), -Math.log(3)};
            assertThat(logarithms).containsExactly(expected, within(1e-12));
        }
    }

    @Test
    void takesTheFirstTokensOfAFewTextsOrDrawsSome() {
        List<Long> twenty = LongStream.range(0, 20).boxed().toList();
        Given pair = new Given(twenty, twenty);
        List<Given> texts = List.of(Given.of(List.of(1L)), pair, pair, pair, pair);
        Given first = new Given(twenty.subList(0, 16), twenty.subList(0, 16));
        assertThat(GoldenTokens.chosen(texts, 30, 64)).containsExactly(first, first, first);
        assertThat(GoldenTokens.chosen(texts, 30, 8).get(2).source()).isEqualTo(twenty.subList(0, 8));
        List<Given> drawn = GoldenTokens.chosen(List.of(), 30, 8);
        assertThat(drawn).hasSize(3).isEqualTo(GoldenTokens.chosen(List.of(Given.of(List.of(1L))), 30, 8));
        assertThat(drawn)
                .allSatisfy(given -> assertThat(given.tokens()).hasSize(8).allMatch(token -> token >= 0 && token < 30));
        assertThat(drawn.get(0)).isNotEqualTo(drawn.get(1));
    }

    @Test
    void comparesNumbersThatAreNotFiniteToo(@TempDir Path folder) throws IOException {
        double[] wild = {Double.NaN, Double.NEGATIVE_INFINITY, 1e6};
        GoldenFile.requireNear(folder, "golden row 1", wild, new double[] {wild[0], wild[1], 1e6 + 50}, 1e-4);
        assertThatThrownBy(() -> GoldenFile.requireNear(
                        folder, "golden row 1", new double[] {1}, new double[] {Double.NaN}, 1e-4))
                .hasMessageContaining("expected 1.0 for golden row 1. Received: NaN");
        assertThatThrownBy(() -> GoldenFile.requireNear(folder, "golden row 1", wild, new double[2], 1e-4))
                .hasMessageContaining("expected 3 numbers for golden row 1. Received: 2 numbers");
        Manifest.write(folder, Set.of());
        new GoldenTokens(List.of(new GoldenTokens.Example(TEXTS.get(0), List.of(wild[0], wild[1])))).save(folder);
        assertThat(GoldenTokens.load(folder).examples().get(0).answers()).containsExactly(wild[0], wild[1]);
        Files.writeString(folder.resolve("golden.json"), "{");
        assertThatThrownBy(() -> GoldenTokens.load(folder))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("golden.json cannot be read: ");
    }

    private static LanguageModel gpt() {
        return Gpt.Config.of(VOCABULARY, CONTEXT, 1, 2, 32, 0.1).build(Random.of(3));
    }

    /** Another value in the first row of each matrix of a block, in a manifest that lists it. */
    private static void change(Path model) throws IOException {
        Path file = model.resolve("model.safetensors");
        try (Scope scope = Scope.inference()) {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            Safetensors.read(file).tensors().forEach((name, tensor) -> {
                float[] values = tensor.toFloats();
                values[0] += tensor.shape().length == 2 ? 0.5f : 0;
                weights.put(name, Tensor.of(values, tensor.shape()));
            });
            Safetensors.write(file, weights, Map.of("format", "pt"));
        }
        Manifest.write(model, Set.of());
    }
}
