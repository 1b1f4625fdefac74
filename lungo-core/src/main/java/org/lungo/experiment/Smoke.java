package org.lungo.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.lungo.evaluate.Count;
import org.lungo.tensor.Scope;
import org.lungo.train.EpochReport;
import org.lungo.train.Listener;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;
import org.lungo.train.TrainingState;

/**
 * A quick proof that the pieces of a config fit: the model overfits one small batch, is saved, loaded, and answers
 * the same. It says nothing about how good the model is.
 *
 * @param rows of the batch
 * @param unit what they are, in the singular: {@code row}
 * @param before the first loss
 * @param after the smallest loss
 * @param difference the largest difference between an answer before saving and after loading
 */
public record Smoke(int rows, @JsonIgnore String unit, double before, double after, double difference) {
    /** The learning rate of a network that begins with fresh weights. */
    public static final double LEARNING_RATE = 0.01;

    /** The learning rate of a network that was trained before. */
    public static final double LEARNING_RATE_OF_TRAINED = 2e-4;

    /** A loss must fall to this share of where it began. */
    private static final double NEAR_ZERO = 0.1;

    /** The scales of a loaded model are folded into its weights, which rounds differently. */
    private static final double ROUNDING = 1e-5;

    /** Asks a model that was saved. */
    @FunctionalInterface
    public interface Reloading {
        /** The largest difference between an answer of the trained model and one of the model in {@code folder}. */
        double difference(Path folder) throws IOException;
    }

    /**
     * Trains, saves, loads and asks.
     *
     * @param attempt on the batch alone, see {@link #byHeart}
     * @param folder where the model is saved
     * @throws MemoryException when this machine cannot hold the training
     */
    public static Smoke of(Attempt<?> attempt, int rows, String unit, Path folder, Reloading reloading)
            throws IOException {
        try (Scope scope = Scope.open();
                attempt) {
            attempt.look().memory().require();
            TrainingState state = attempt.learn(null, Listener.NONE);
            attempt.save(folder);
            double first = state.history().get(0).loss();
            return new Smoke(rows, unit, first, state.best(), reloading.difference(folder));
        }
    }

    /** A training that overfits: AdamW at a constant rate, until the last epoch. */
    public static TrainConfig byHeart(int epochs, double learningRate) {
        return new TrainConfig(
                epochs,
                new TrainConfig.Rate(learningRate, ScheduleConfig.DEFAULTS),
                OptimizerChoice.DEFAULTS,
                new TrainConfig.EarlyStop(EpochReport.VAL_LOSS, 0, 0),
                TrainConfig.More.DEFAULTS);
    }

    /** The largest difference between two lists of numbers of the same length. */
    public static double difference(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    /** True when the batch was learned and the loaded model answers as the one that was saved, but for rounding. */
    @JsonProperty
    public boolean passed() {
        return after <= NEAR_ZERO * before && difference <= ROUNDING;
    }

    /** For a person. */
    public String toText() {
        String text = String.format(
                Locale.ROOT,
                "smoke: loss %.4f -> %.4f on one batch of %s; saved, loaded, answers differ by at most %.1e",
                before,
                after,
                Count.of(rows, unit),
                difference);
        return passed()
                ? text
                : text
                        + "; expected a loss of at most a tenth and no difference but rounding: check that the features can tell the"
                        + " rows apart, and that the model has enough hidden units";
    }
}
