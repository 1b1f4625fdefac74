package org.lungo.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lungo.evaluate.Count;
import org.lungo.evaluate.Seconds;
import org.lungo.train.Listener;

/**
 * The first steps of a training, which are timed and thrown away.
 *
 * @param epochs the maximum number
 * @param batches of an epoch
 * @param secondsPerBatch the mean of the later half of the steps, for the earlier ones warm up
 */
record Rehearsal(int epochs, int batches, double secondsPerBatch) {
    private static final long LONGEST_NANOS = 1_500_000_000L;
    private static final int MIN = 4;
    private static final int MAX = 2000;

    /** Trains for about a second and a half, at least some steps. */
    static Rehearsal of(Attempt<?> attempt, int epochs) throws IOException {
        Watch watch = new Watch();
        try {
            attempt.learn(null, watch);
        } catch (Enough e) {
            // enough steps were timed
        }
        return new Rehearsal(epochs, watch.batches, watch.seconds());
    }

    /** The line of {@code check} about time. */
    Look.Line line() {
        return Look.Line.of(
                "time",
                "about %s at most: %s of %s, %s each; validation and testing come on top",
                Seconds.text(epochs * (double) batches * secondsPerBatch),
                Count.of(epochs, "epoch"),
                Count.of(batches, "step"),
                Seconds.text(secondsPerBatch));
    }

    /** Ends a rehearsal. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super("enough steps were timed", null, false, false);
        }
    }

    /** Times steps; what lies between two epochs is not counted. */
    private static final class Watch implements Listener {
        private final List<Long> nanos = new ArrayList<>();
        private final long start = System.nanoTime();
        private int batches;
        private long last;

        @Override
        public void epochStarted(int epoch, int batches, long rows) {
            this.batches = batches;
            last = System.nanoTime();
        }

        @Override
        public void stepEnded(int epoch, int batch, int batches, double loss) {
            long now = System.nanoTime();
            nanos.add(now - last);
            last = now;
            if (nanos.size() >= MAX || nanos.size() >= MIN && now - start > LONGEST_NANOS) {
                throw new Enough();
            }
        }

        double seconds() {
            return nanos.stream()
                            .skip(nanos.size() / 2)
                            .mapToLong(Long::longValue)
                            .average()
                            .orElse(Double.NaN)
                    / 1e9;
        }
    }
}
