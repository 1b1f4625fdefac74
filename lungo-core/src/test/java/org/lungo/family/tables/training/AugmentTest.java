package org.lungo.family.tables.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.data.Batch;
import org.lungo.data.Dataset;
import org.lungo.data.Features;
import org.lungo.loss.MeanSquaredError;
import org.lungo.model.Inputs;
import org.lungo.model.Mlp;
import org.lungo.nn.Activation;
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

class AugmentTest {
    @TempDir
    Path folder;

    @Test
    void repeatsRowsOfSmallerClasses() {
        long[] classes = {0, 1, 0, 2, 0, 0, 1, 0};
        int[] rows = Oversampling.rows(Random.of(7), classes);
        assertThat(Arrays.copyOf(rows, classes.length)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        for (long one = 0; one < 3; one++) {
            long of = one;
            assertThat(Arrays.stream(rows).filter(row -> classes[row] == of)).hasSize(5);
        }
        assertThat(Oversampling.rows(Random.of(7), classes)).isEqualTo(rows);
    }

    @Test
    void drawsByTheSeed() {
        long[] classes = new long[200];
        Arrays.fill(classes, 0, 100, 1);
        Arrays.fill(classes, 0, 30, 2);
        assertThat(Oversampling.rows(Random.of(1), classes)).isNotEqualTo(Oversampling.rows(Random.of(2), classes));
    }

    /** 20,000 draws: the mean's standard error is 0.0035, the deviation's 0.0025; five of them are let pass. */
    @Test
    void addsNoiseToTheGivenNumbersAlone() {
        try (Scope scope = Scope.open()) {
            int rows = 20_000;
            Batch batch = new Batch(
                    new Features(Tensor.ones(DType.FLOAT32, rows, 3), Tensor.zeros(DType.INT64, rows, 1)),
                    Tensor.zeros(DType.FLOAT32, rows, 1));
            NumberNoise noise = new NumberNoise(0.5, List.of(1));
            double[] values =
                    noise.apply(batch, Random.of(3)).features().numbers().toDoubles();
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < rows; row++) {
                assertThat(values[row * 3]).isEqualTo(1);
                assertThat(values[row * 3 + 2]).isEqualTo(1);
                sum += values[row * 3 + 1] - 1;
                squares += Math.pow(values[row * 3 + 1] - 1, 2);
            }
            assertThat(sum / rows).isCloseTo(0, within(0.0175));
            assertThat(Math.sqrt(squares / rows)).isCloseTo(0.5, within(0.0125));
            assertThat(noise.apply(batch, Random.of(3)).features().numbers().toDoubles())
                    .isEqualTo(values);
        }
    }

    /** Six epochs in one go, and three, a new trainer, three more: the same bits, with noise in every batch. */
    @Test
    void resumesBitForBitWithNoise() {
        Map<String, double[]> inOneGo = train(6, 0.3, null);
        Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints"));
        train(3, 0.3, checkpoints);
        Map<String, double[]> resumed = train(6, 0.3, checkpoints);
        inOneGo.forEach((name, values) -> assertThat(resumed.get(name)).as(name).isEqualTo(values));
        Map<String, double[]> quiet = train(6, 0, null);
        assertThat(inOneGo.entrySet())
                .anySatisfy(entry -> assertThat(quiet.get(entry.getKey())).isNotEqualTo(entry.getValue()));
    }

    private static Map<String, double[]> train(int epochs, double noise, @Nullable Checkpoints checkpoints) {
        try (Scope scope = Scope.open()) {
            Mlp model = new Mlp.Config(List.of(6), Activation.RELU, 0.2, Mlp.Normalization.NONE, false, 8, 2)
                    .build(new Inputs(3, List.of(), 1), Random.of(5));
            TrainConfig config = new TrainConfig(
                    epochs,
                    new TrainConfig.Rate(0.01, ScheduleConfig.DEFAULTS),
                    OptimizerChoice.DEFAULTS,
                    new TrainConfig.EarlyStop("val_loss", 0, 0),
                    TrainConfig.More.DEFAULTS);
            BatchTransform augment = noise == 0 ? BatchTransform.NONE : new NumberNoise(noise, List.of(0, 2));
            TableLesson lesson =
                    new TableLesson(model, new MeanSquaredError(), data(), data(), Scoring.NONE, augment, 8);
            new Trainer(lesson, config, Random.of(1)).fit(checkpoints, Listener.NONE);
            Map<String, double[]> values = new LinkedHashMap<>();
            Parameters.of(model).tensors().forEach((name, tensor) -> values.put(name, tensor.toDoubles()));
            return values;
        }
    }

    private static Dataset data() {
        float[] x = new float[64 * 3];
        float[] y = new float[64];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i * 1.7);
            y[i / 3] += x[i] * (i % 3);
        }
        return new Dataset(new Features(Tensor.of(x, 64, 3), Tensor.zeros(DType.INT64, 64, 0)), Tensor.of(y, 64, 1));
    }
}
