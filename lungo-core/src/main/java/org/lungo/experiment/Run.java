package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.WriteLock;
import org.lungo.evaluate.TextReport;
import org.lungo.experiment.config.Resolved;
import org.lungo.tensor.DType;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;
import org.lungo.train.TrainingState;

/**
 * The one path of a run, whatever is learned: the folder is taken, the data read, the run begun or resumed; the model
 * learns, is tested and saved, and the manifest is written last.
 *
 * @param seed of all randomness
 * @param command the command line in words; null for a run that Java code started
 * @param data what is read, for a person
 */
public record Run(Resolved<?> config, long seed, @Nullable List<String> command, String data) {
    /** Reads the data of a run. */
    public interface Opening<R extends Experiment.Outcome> {
        /**
         * Refuses all that can be refused before anything is written.
         *
         * @param cache for what does not fit in memory
         */
        Attempt<R> open(Cache cache) throws IOException;
    }

    /**
     * Runs.
     *
     * @throws IllegalArgumentException when no run can be in {@code folder}, or another one is there
     * @throws org.lungo.data.BusyException when another process trains there
     */
    public <R extends Experiment.Outcome> R into(Path folder, Opening<R> opening, Listener listener)
            throws IOException {
        try (WriteLock lock = RunFolder.lock(folder);
                Cache cache = Cache.of(folder);
                Scope scope = Scope.open()) {
            listener.phaseStarted("reading " + data);
            try (Attempt<R> attempt = opening.open(cache)) {
                Attempt.Fingerprints found = attempt.fingerprints();
                RunFolder run =
                        RunFolder.begin(folder, config, Provenance.of(command, seed, found.data(), found.test()));
                listener.phaseStarted("training" + attempt.lesson() + ", to " + folder);
                double before = rate(attempt.products());
                StepClock clock = new StepClock(listener);
                TrainingState state = attempt.learn(run.checkpoints(), clock);
                double rate = Math.max(before, rate(attempt.products())); // one of them may have had busy neighbours
                listener.phaseStarted("testing");
                R result = attempt.test(folder, state, new Attempt.Pace(clock.secondsPerStep(), rate), listener);
                cache.close();
                attempt.writeBeside(folder);
                run.save(attempt::save);
                run.write(page(attempt.page(result), found, state));
                run.end(result, state, attempt.figures(result));
                return result;
            }
        }
    }

    private TextReport page(Attempt.Page page, Attempt.Fingerprints found, TrainingState state) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("data", data + " (SHA-256 " + found.data() + ")");
        origin.put("seed", Long.toString(seed));
        origin.put("best epoch", state.bestEpoch() + " of " + state.epoch());
        origin.put("libtorch", Engine.info().libtorch());
        String family = page.judged().summary().family();
        return new TextReport(
                family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1) + " from " + data,
                page.judged(),
                RunFolder.curves(state),
                page.notes(),
                page.examples(),
                origin);
    }

    private static double rate(@Nullable DType products) {
        return products == null ? Double.NaN : Speed.measureGemm(products);
    }
}
