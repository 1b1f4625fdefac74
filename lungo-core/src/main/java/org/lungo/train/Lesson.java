package org.lungo.train;

import java.util.Map;
import org.lungo.evaluate.Direction;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * What a model learns: the examples of an epoch in batches, how far the model is from each, and how far it is from examples
 * that are held out. The {@link Trainer} knows no more of data and model than this.
 */
public interface Lesson {
    /** The model's parameters. */
    Parameters parameters();

    /** The number of examples in an epoch: rows of a table, sequences of a text. */
    long examples();

    /** The number of batches in an epoch. */
    long batches();

    /**
     * The batches of one epoch. Its tensors live in the scope that is open now, which stays open until its end.
     *
     * @param number from 1
     * @param random the randomness of the training; what is drawn may depend on the epoch and the batch only, so that
     *     training can be resumed bit for bit
     */
    Epoch epoch(int number, Random random);

    /** The batches of one epoch. */
    @FunctionalInterface
    interface Epoch {
        /** How far the model is from the {@code index}th batch; computed in the scope that is open now. */
        Outcome batch(int index);
    }

    /**
     * The loss on one batch.
     *
     * @param loss the mean over its examples, FLOAT32, without axes
     * @param examples how many they are
     */
    record Outcome(Tensor loss, long examples) {}

    /** What {@link #validate} measures besides the loss, and which way it improves; any of it may say which epoch is best. */
    default Map<String, Direction> monitors() {
        return Map.of();
    }

    /**
     * How good the model is on examples that it does not learn from.
     *
     * @param mode without gradients, and with the precision of the training
     */
    Validation validate(Mode mode);

    /**
     * How good a model is.
     *
     * @param loss the mean over all examples
     * @param metrics by name, such as {@code accuracy}
     */
    record Validation(double loss, Map<String, Double> metrics) {}
}
