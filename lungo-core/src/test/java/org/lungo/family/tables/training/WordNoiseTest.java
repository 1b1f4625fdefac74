package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.Batch;
import org.lungo.data.Dataset;
import org.lungo.data.Features;
import org.lungo.data.Mixture;
import org.lungo.data.Task;
import org.lungo.model.Inputs;
import org.lungo.model.Mlp;
import org.lungo.model.Model;
import org.lungo.model.TableNetwork;
import org.lungo.model.TextLayers;
import org.lungo.model.TextModel;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Checkpoints;
import org.lungo.train.Listener;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;
import org.lungo.train.Trainer;

class WordNoiseTest {
    private static final int[] TEXT = IntStream.rangeClosed(11, 110).toArray();

    @TempDir
    Path folder;

    @Test
    void swapsNeighbours() {
        int[] words = changed(new WordChanges(0.4, 0, 0, 0), TEXT);
        assertThat(words).containsExactlyInAnyOrder(TEXT).isNotEqualTo(TEXT);
        for (int i = 0; i < words.length; i++) {
            assertThat(Math.abs(words[i] - TEXT[i])).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void leavesWordsOutAndMovesTheOthersUp() {
        int[] words = changed(new WordChanges(0, 0.3, 0, 0), TEXT);
        int left = (int) Arrays.stream(words).filter(word -> word > 0).count();
        assertThat(left).isBetween(50, 90); // 70 +- 4.6
        assertThat(Arrays.copyOf(words, left)).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.copyOfRange(words, left, words.length)).containsOnly(0);
        assertThat(changed(new WordChanges(0, 0.999, 0, 0), 7, 8))
                .contains(0)
                .doesNotContain(11)
                .matches(w -> w[0] > 0);
        assertThat(changed(new WordChanges(0.5, 0.5, 0.5, 0.5))).isEmpty();
    }

    @Test
    void leavesWordsInARowOut() {
        int[] words = changed(new WordChanges(0, 0, 0.25, 0), TEXT);
        int left = (int) Arrays.stream(words).filter(word -> word > 0).count();
        assertThat(left).isEqualTo(75);
        assertThat(IntStream.range(1, left).filter(i -> words[i] != words[i - 1] + 1))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(changed(new WordChanges(0, 0, 0.9, 0), 7)).containsExactly(7);
    }

    @Test
    void makesWordsUnknown() {
        int[] words = changed(new WordChanges(0, 0, 0, 0.3), TEXT);
        assertThat(Arrays.stream(words).filter(word -> word == 1).count()).isBetween(10L, 50L);
        for (int i = 0; i < words.length; i++) {
            assertThat(words[i]).isIn(1, TEXT[i]);
        }
        assertThatThrownBy(() -> new WordChanges(0, 1, 0, 0)).hasMessageContaining("words.delete must be");
    }

    @Test
    void changesEachTextWithinItsColumn() {
        try (Scope scope = Scope.open()) {
            Batch batch = batch();
            WordNoise noise = new WordNoise(new WordChanges(0, 0.4, 0, 0), List.of(6, 4), 1);
            long[] before = batch.features().tokens().toLongs();
            long[] after = noise.apply(batch, Random.of(2)).features().tokens().toLongs();
            assertThat(after).isNotEqualTo(before);
            for (int row = 0; row < 64; row++) {
                assertThat(Arrays.stream(after, row * 10, row * 10 + 6)).allMatch(word -> word < 20);
                assertThat(Arrays.stream(after, row * 10 + 6, row * 10 + 10)).allMatch(w -> w == 0 || w >= 20);
                assertThat(after[row * 10]).isPositive();
            }
            assertThat(noise.apply(batch, Random.of(2)).features().tokens().toLongs())
                    .isEqualTo(after);
        }
    }

    /** Against the moments of Beta(a, a): mean 1/2, variance 1 / (4 (2 a + 1)); five standard errors of 20,000 draws. */
    @Test
    void drawsSharesOfABetaDistribution() {
        for (double alpha : new double[] {0.001, 0.2, 1}) {
            var random = Random.of(4).generator();
            double[] shares = IntStream.range(0, 20_000)
                    .mapToDouble(i -> new Mixup(alpha).share(random))
                    .toArray();
            assertThat(Arrays.stream(shares)).allMatch(share -> share >= 0 && share <= 1);
            double variance = Arrays.stream(shares)
                    .map(s -> (s - 0.5) * (s - 0.5))
                    .average()
                    .orElseThrow();
            assertThat(Arrays.stream(shares).average().orElseThrow()).isCloseTo(0.5, within(0.018));
            assertThat(variance).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.005));
        }
        assertThatThrownBy(() -> new Mixup(2)).hasMessageContaining("mixup must be above 0 and at most 1");
    }

    /** Blended answers of a linear head, and the loss against that of the blended targets, which cross-entropy is linear in. */
    @Test
    void blendsVectorsAndLosses() {
        try (Scope scope = Scope.open()) {
            Batch batch = batch();
            Model model = model();
            Tensor plain = model.forward(batch.features()); // [64, 3]
            Batch mixed = new Mixup(1).apply(batch, Random.of(9));
            Mixture mixture = mixed.features().mixture();
            assertThat(mixture.share()).isBetween(0.05, 0.95);
            double[] blended = model.forward(mixed.features()).toDoubles();
            assertThat(blended).containsExactly(mixture.of(plain).toDoubles(), within(1e-5));
            Tensor logSoftmax = model.forward(mixed.features()).logSoftmax(1);
            Tensor own = logSoftmax.gather(1, batch.targets().unsqueeze(1));
            Tensor other = logSoftmax.gather(
                    1, batch.targets().indexSelect(0, mixture.partners()).unsqueeze(1));
            double expected = -own.mul(mixture.share())
                    .add(other.mul(1 - mixture.share()))
                    .mean()
                    .item();
            Dataset data = new Dataset(batch.features(), batch.targets());
            TableLesson lesson = new TableLesson(
                    model,
                    LossChoice.DEFAULTS.build(Task.MULTICLASS, 0),
                    data,
                    data,
                    Scoring.NONE,
                    (b, r) -> mixed,
                    64);
            assertThat(lesson.epoch(1, Random.of(1)).batch(0).loss().item()).isCloseTo(expected, within(1e-5));
        }
    }

    /** Four epochs in one go, and two, a new trainer, two more: the same bits. */
    @Test
    void resumesBitForBit() {
        Map<String, double[]> inOneGo = train(4, null);
        Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints"));
        train(2, checkpoints);
        Map<String, double[]> resumed = train(4, checkpoints);
        inOneGo.forEach((name, values) -> assertThat(resumed.get(name)).as(name).isEqualTo(values));
    }

    private static Map<String, double[]> train(int epochs, @Nullable Checkpoints checkpoints) {
        try (Scope scope = Scope.open()) {
            Model model = model();
            TrainConfig config = new TrainConfig(
                    epochs,
                    new TrainConfig.Rate(0.01, ScheduleConfig.DEFAULTS),
                    OptimizerChoice.DEFAULTS,
                    new TrainConfig.EarlyStop("val_loss", 0, 0),
                    TrainConfig.More.DEFAULTS);
            BatchTransform augment =
                    new WordNoise(new WordChanges(0.1, 0.1, 0.1, 0.1), List.of(6, 4), 1).then(new Mixup(0.5));
            Dataset data = new Dataset(batch().features(), batch().targets());
            TableLesson lesson = new TableLesson(
                    model, LossChoice.DEFAULTS.build(Task.MULTICLASS, 0), data, data, Scoring.NONE, augment, 16);
            new Trainer(lesson, config, Random.of(1)).fit(checkpoints, Listener.NONE);
            Map<String, double[]> values = new LinkedHashMap<>();
            Parameters.of(model).tensors().forEach((name, tensor) -> values.put(name, tensor.toDoubles()));
            return values;
        }
    }

    private static Model model() {
        TextLayers layers =
                new TextLayers(4, 0, 0, 0, TextLayers.Cnn.DEFAULTS, TextLayers.Rnn.DEFAULTS, new TextLayers.Bag(4, 10));
        return new TextModel.Config(TableNetwork.TEXT_BAG, layers, Mlp.Config.DEFAULTS)
                .build(
                        new Inputs(0, List.of(), List.of(new Inputs.Text(20, 6), new Inputs.Text(30, 4)), 3),
                        Random.of(5));
    }

    /** Texts of 3 to 6 words below 20, and of 2 to 4 words from 20 on. */
    private static Batch batch() {
        int[] tokens = new int[64 * 10];
        long[] classes = new long[64];
        for (int row = 0; row < 64; row++) {
            for (int i = 0; i < 3 + row % 4; i++) {
                tokens[row * 10 + i] = 2 + (row * 7 + i * 3) % 18;
            }
            for (int i = 0; i < 2 + row % 3; i++) {
                tokens[row * 10 + 6 + i] = 20 + (row * 5 + i) % 10;
            }
            classes[row] = row % 3;
        }
        Features features = new Features(
                Tensor.zeros(DType.FLOAT32, 64, 0), Tensor.zeros(DType.INT64, 64, 0), Tensor.of(tokens, 64, 10));
        return new Batch(features, Tensor.of(classes, 64));
    }

    private static int[] changed(WordChanges changes, int... text) {
        int[] words = text.clone();
        changes.apply(words, 0, words.length, 1, Random.of(6).generator());
        return words;
    }
}
