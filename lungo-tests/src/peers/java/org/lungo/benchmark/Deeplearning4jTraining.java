package org.lungo.benchmark;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Deeplearning4j's own loop, on batches that were cut before. */
final class Deeplearning4jTraining implements AutoCloseable {
    private final MultiLayerNetwork network;
    private final List<DataSet> batches;

    Deeplearning4jTraining() {
        network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(Workload.LEARNING_RATE))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(Workload.NUMBERS)
                        .nOut(Workload.HIDDEN)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(Workload.HIDDEN)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
        network.init();
        float[] numbers = Workload.features();
        INDArray features = Nd4j.createFromArray(numbers).reshape(Workload.ROWS, Workload.NUMBERS);
        INDArray labels = Nd4j.createFromArray(Workload.labels(numbers)).reshape(Workload.ROWS, 1);
        batches = new DataSet(features, labels).batchBy(Workload.BATCH);
    }

    /** Trains from where the model stands and returns the loss of the last batch. */
    double fit(int epochs) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            network.fit(new ExistingDataSetIterator(batches));
        }
        return network.score();
    }

    @Override
    public void close() {
        network.close();
    }
}
