package org.lungo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.data.Dataset;
import org.lungo.data.Features;
import org.lungo.family.tables.training.TableLesson;
import org.lungo.loss.MeanSquaredError;
import org.lungo.model.Inputs;
import org.lungo.model.Mlp;
import org.lungo.nn.Activation;
import org.lungo.nn.Parameters;
import org.lungo.tensor.CorruptFileException;
import org.lungo.tensor.DType;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

class TrainerTest {
    @TempDir
    Path folder;

    /** Six epochs in one go, and three, a new trainer, three more: the same bits. */
    @ParameterizedTest
    @EnumSource(OptimizerChoice.Type.class)
    void resumesBitForBit(OptimizerChoice.Type type) {
        Map<String, double[]> inOneGo = train(type, 6, null);
        Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints"));
        train(type, 3, checkpoints);
        Map<String, double[]> resumed = train(type, 6, checkpoints);
        assertThat(resumed.keySet()).isEqualTo(inOneGo.keySet());
        inOneGo.forEach((name, values) -> assertThat(resumed.get(name)).as(name).isEqualTo(values));
    }

    @Test
    void refusesACheckpointWithOneFlippedByte() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints"));
        train(OptimizerChoice.Type.ADAM, 3, checkpoints);
        Path optimizer = folder.resolve("checkpoints/epoch-000003/optimizer.safetensors");
        byte[] bytes = Files.readAllBytes(optimizer);
        bytes[bytes.length - 5] ^= 1;
        Files.write(optimizer, bytes);
        assertThatThrownBy(() -> train(OptimizerChoice.Type.ADAM, 6, checkpoints))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("optimizer.safetensors was changed");
    }

    @Test
    void namesTheCheckpointToRemoveToGoOnFromTheIntactOne() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints"));
        train(OptimizerChoice.Type.ADAM, 3, checkpoints);
        Path older = folder.resolve("checkpoints/epoch-000003");
        Path newer = Files.createDirectory(folder.resolve("checkpoints/epoch-000005"));
        for (String name : List.of("weights.safetensors", "manifest.json")) {
            Files.copy(older.resolve(name), newer.resolve(name));
        }
        assertThatThrownBy(checkpoints::newest)
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("epoch-000005 is incomplete: best.safetensors is missing")
                .hasMessageEndingWith(". To continue from epoch-000003, which is intact, remove " + newer);
        Files.delete(older.resolve("state.json"));
        assertThatThrownBy(checkpoints::newest)
                .hasMessageEndingWith("No older checkpoint is intact; to train from the start, remove "
                        + folder.resolve("checkpoints"));
    }

    @Test
    void saysThatItWasResumed() {
        Checkpoints checkpoints = new Checkpoints(folder.resolve("checkpoints"));
        List<Integer> resumed = new ArrayList<>();
        Listener listener = new Listener() {
            @Override
            public void resumed(int epoch) {
                resumed.add(epoch);
            }
        };
        train(OptimizerChoice.Type.SGD, 3, checkpoints, listener);
        assertThat(resumed).isEmpty();
        train(OptimizerChoice.Type.SGD, 6, checkpoints, listener);
        assertThat(resumed).containsExactly(3);
    }

    @Test
    void stopsWhenTheLossIsNoLongerFinite() {
        try (Scope scope = Scope.open()) {
            TrainConfig config = config(OptimizerChoice.Type.SGD, 50, 1e30);
            Trainer trainer = new Trainer(lesson(model()), config, Random.of(1));
            assertThatThrownBy(() -> trainer.fit(null, Listener.NONE))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("first at the loss itself")
                    .hasMessageContaining("smaller train.learning_rate");
        }
    }

    /** One step at such a rate leaves weights of which the validation alone knows. */
    @Test
    void keepsNoModelWhoseMonitorWasNeverANumber() {
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(
                    new OneBatch(lesson(model()), Random.of(1)),
                    config(OptimizerChoice.Type.SGD, 1, 1e38),
                    Random.of(1));
            assertThatThrownBy(() -> trainer.fit(null, Listener.NONE))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("val_loss must be a number in one epoch at least")
                    .hasMessageContaining("Received: none in 1 epoch");
        }
    }

    /** Dropout does not count as two answers. */
    @Test
    void namesTheWeightThatIsNoLongerFinite() {
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(
                    new Erring(model(), call -> false, call -> true),
                    config(OptimizerChoice.Type.SGD, 5, 0.01),
                    Random.of(1));
            assertThatThrownBy(() -> trainer.fit(null, Listener.NONE))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("at step 2")
                    .hasMessageContaining("first at parameter 'blocks.0.");
        }
    }

    @Test
    void blamesTheDataForALossThatIsNeverFinite() {
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(
                    new Erring(model(), call -> true, call -> false),
                    config(OptimizerChoice.Type.SGD, 5, 0.01),
                    Random.of(1));
            assertThatThrownBy(() -> trainer.fit(null, Listener.NONE))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageStartingWith(
                            "training diverged at step 1: the loss must be finite. Received: NaN, first at"
                                    + " the loss itself");
        }
    }

    /** The eleventh loss is NaN, and another number when it is computed again. */
    @Test
    void blamesTheEngineForTwoLossesOfOneStep() {
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(
                    new Erring(model(), call -> call == 11, call -> false),
                    config(OptimizerChoice.Type.SGD, 5, 0.01),
                    Random.of(1));
            assertThatThrownBy(() -> trainer.fit(null, Listener.NONE))
                    .isInstanceOf(TwoAnswersException.class)
                    .hasMessageStartingWith(
                            "the engine gave two answers for one step: the loss of step 11 must be the same"
                                    + " when it is computed again from the same weights. Received: NaN and ")
                    .hasMessageEndingWith(
                            "; train again with LUNGO_ENGINE=plain, which is slower, and report this with the"
                                    + " output of lungo doctor");
        }
    }

    /** The gradients of the eleventh step are infinite, its loss is right; so the weights of the twelfth are no numbers. */
    @Test
    void blamesTheEngineForGradientsThatDiffer() {
        try (Scope scope = Scope.open()) {
            Trainer trainer = new Trainer(
                    new Erring(model(), call -> false, call -> call == 11 || call == 15),
                    config(OptimizerChoice.Type.SGD, 5, 0.01),
                    Random.of(1));
            assertThatThrownBy(() -> trainer.fit(null, Listener.NONE))
                    .isInstanceOf(TwoAnswersException.class)
                    .hasMessageContaining("the sum of the gradients (without signs) of parameter '")
                    .hasMessageContaining("' of step 12 must be the same");
        }
    }

    @Test
    void keepsLiveTensorsFlat() {
        try (Scope scope = Scope.open()) {
            Trainer trainer =
                    new Trainer(lesson(model()), config(OptimizerChoice.Type.ADAMW, 250, 0.001), Random.of(1));
            List<Long> live = new ArrayList<>();
            trainer.fit(null, new Listener() {
                @Override
                public void epochEnded(EpochReport report) {
                    live.add(Engine.liveTensors());
                }
            });
            assertThat(live).hasSize(250).allMatch(count -> count.equals(live.get(1)));
        }
    }

    /**
     * A lesson that errs in some of its calls, counted from 1, as an engine that reads unwritten memory does.
     *
     * @param losses the calls whose loss is NaN
     * @param gradients the calls whose loss is right and whose gradients are infinite
     */
    private record Erring(Mlp model, IntPredicate losses, IntPredicate gradients, int[] calls) implements Lesson {
        Erring(Mlp model, IntPredicate losses, IntPredicate gradients) {
            this(model, losses, gradients, new int[1]);
        }

        @Override
        public Parameters parameters() {
            return Parameters.of(model);
        }

        @Override
        public long examples() {
            return lesson(model).examples();
        }

        @Override
        public long batches() {
            return lesson(model).batches();
        }

        @Override
        public Epoch epoch(int number, Random random) {
            Epoch epoch = lesson(model).epoch(number, random);
            return index -> {
                calls[0]++;
                Outcome outcome = epoch.batch(index);
                Tensor value = outcome.loss();
                if (gradients.test(calls[0])) {
                    Tensor weight = Parameters.of(model).trainable().get(0);
                    value = value.add(weight.sub(weight.detach()).sqrt().sum()); // 0, of infinite slope
                }
                return new Outcome(losses.test(calls[0]) ? value.mul(Double.NaN) : value, outcome.examples());
            };
        }

        @Override
        public Validation validate(Mode mode) {
            return lesson(model).validate(mode);
        }
    }

    private static Lesson lesson(Mlp model) {
        Dataset data = data();
        return new TableLesson(model, new MeanSquaredError(), data, data, 8);
    }

    private static Map<String, double[]> train(
            OptimizerChoice.Type type, int epochs, @Nullable Checkpoints checkpoints) {
        return train(type, epochs, checkpoints, Listener.NONE);
    }

    private static Map<String, double[]> train(
            OptimizerChoice.Type type, int epochs, @Nullable Checkpoints checkpoints, Listener listener) {
        try (Scope scope = Scope.open()) {
            Mlp model = model();
            Trainer trainer = new Trainer(lesson(model), config(type, epochs, 0.01), Random.of(1));
            TrainingState state = trainer.fit(checkpoints, listener);
            Map<String, double[]> values = new LinkedHashMap<>();
            Parameters.of(model).tensors().forEach((name, tensor) -> values.put(name, tensor.toDoubles()));
            values.put(
                    "losses",
                    state.history().stream().mapToDouble(EpochReport::loss).toArray());
            values.put(
                    "validation",
                    state.history().stream().mapToDouble(EpochReport::valLoss).toArray());
            return values;
        }
    }

    private static TrainConfig config(OptimizerChoice.Type type, int epochs, double learningRate) {
        boolean momentum = type == OptimizerChoice.Type.SGD || type == OptimizerChoice.Type.RMSPROP;
        return new TrainConfig(
                epochs,
                new TrainConfig.Rate(learningRate, ScheduleConfig.DEFAULTS),
                new OptimizerChoice(type, momentum ? 0.9 : 0, false, 0.01),
                new TrainConfig.EarlyStop("val_loss", 0, 0),
                new TrainConfig.More(0, 0, 1, 0.9, 0, TrainConfig.Computing.DEFAULTS, 0));
    }

    private static Mlp model() {
        return new Mlp.Config(List.of(6), Activation.RELU, 0.2, Mlp.Normalization.NONE, false, 8, 2)
                .build(new Inputs(3, List.of(), 1), Random.of(5));
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
