package org.lungo.benchmark;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;

/** The loop of the Deep Java Library's documentation: its trainer, on batches of shuffled rows. */
final class DjlTraining implements AutoCloseable {
    private final Model model;
    private final Trainer trainer;
    private final ArrayDataset dataset;

    DjlTraining() {
        model = Model.newInstance("mlp", "PyTorch");
        model.setBlock(new SequentialBlock()
                .add(Linear.builder().setUnits(Workload.HIDDEN).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(1).build()));
        Tracker learningRate = Tracker.fixed((float) Workload.LEARNING_RATE);
        trainer = model.newTrainer(new DefaultTrainingConfig(Loss.sigmoidBinaryCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(
                        Optimizer.sgd().setLearningRateTracker(learningRate).build()));
        trainer.initialize(new Shape(Workload.BATCH, Workload.NUMBERS));
        float[] numbers = Workload.features();
        NDManager manager = model.getNDManager();
        dataset = new ArrayDataset.Builder()
                .setData(manager.create(numbers, new Shape(Workload.ROWS, Workload.NUMBERS)))
                .optLabels(manager.create(Workload.labels(numbers), new Shape(Workload.ROWS, 1)))
                .setSampling(Workload.BATCH, true)
                .build();
    }

    /** Trains from where the model stands. */
    void fit(int epochs) throws IOException, TranslateException {
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (Batch batch : trainer.iterateDataset(dataset)) {
                EasyTrain.trainBatch(trainer, batch);
                trainer.step();
                batch.close();
            }
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
