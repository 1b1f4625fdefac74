package org.lungo.benchmark;

import java.util.List;
import org.lungo.data.Dataset;
import org.lungo.data.Features;
import org.lungo.family.tables.training.TableLesson;
import org.lungo.loss.BinaryCrossEntropy;
import org.lungo.model.Inputs;
import org.lungo.model.Mlp;
import org.lungo.nn.Activation;
import org.lungo.nn.Parameters;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;
import org.lungo.train.Listener;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;
import org.lungo.train.Trainer;

/**
 * Training as a run does it, with the settings of examples/quickstart.yaml: batches, loss, optimiser, schedule, the check
 * for divergence, and in each epoch the loss of one validation batch and the copy of the best weights.
 */
final class LungoTraining implements AutoCloseable {
    private static final TrainConfig.More MORE = TrainConfig.More.DEFAULTS;

    private final Scope scope = Scope.open();
    private final Mlp model;
    private final Trainer trainer;

    LungoTraining(int epochs, double clipNorm, Random random) {
        float[] numbers = Workload.features();
        Tensor features = Tensor.of(numbers, Workload.ROWS, Workload.NUMBERS);
        Tensor labels = Tensor.of(Workload.labels(numbers), Workload.ROWS, 1);
        Dataset train = dataset(features, labels);
        Dataset validation = dataset(features.narrow(0, 0, Workload.BATCH), labels.narrow(0, 0, Workload.BATCH));
        model = new Mlp.Config(List.of(Workload.HIDDEN), Activation.RELU, 0, Mlp.Normalization.NONE, false, 8, 1)
                .build(new Inputs(Workload.NUMBERS, List.of(), 1), random);
        TrainConfig config = new TrainConfig(
                epochs,
                new TrainConfig.Rate(Workload.LEARNING_RATE, ScheduleConfig.DEFAULTS),
                new OptimizerChoice(OptimizerChoice.Type.SGD, 0, false, 0),
                new TrainConfig.EarlyStop("val_loss", 50, 0),
                new TrainConfig.More(
                        clipNorm, MORE.clipValue(), 1, MORE.average(), 0, MORE.computing(), MORE.timeLimitS()));
        trainer = new Trainer(
                new TableLesson(model, BinaryCrossEntropy.DEFAULTS, train, validation, Workload.BATCH), config, random);
    }

    private static Dataset dataset(Tensor features, Tensor labels) {
        return new Dataset(new Features(features, Tensor.zeros(DType.INT64, features.size(0), 0)), labels);
    }

    /** Trains from where the model stands and returns the mean loss of the last epoch. */
    double fit() {
        var history = trainer.fit(null, Listener.NONE).history();
        return history.get(history.size() - 1).loss();
    }

    /** The values of the model: [hidden, numbers], [hidden], [1, hidden], [1]. */
    List<float[]> weights() {
        return Parameters.of(model).trainable().stream().map(Tensor::toFloats).toList();
    }

    @Override
    public void close() {
        scope.close();
    }
}
