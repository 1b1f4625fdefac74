package org.lungo.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.WriteLock;
import org.lungo.evaluate.Measurement;
import org.lungo.experiment.config.Resolved;
import org.lungo.experiment.track.Tracking;
import org.lungo.tensor.DType;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Scope;
import org.lungo.train.Listener;
import org.lungo.train.TrainingState;
import tools.jackson.databind.json.JsonMapper;

/**
 * From data to a trained, evaluated and stored model: the one path of all families.
 *
 * <pre>{@code
 * Outcome<Evaluation> outcome = TableStudy.run("customers.csv", "churn", "train.epochs=20")
 *         .into(Path.of("runs/churn-001"), Listener.NONE);
 * System.out.println(outcome.toText());
 * }</pre>
 *
 * @param <C> the config of the family
 * @param <E> the evaluation of the family
 */
public final class Run<C extends RunConfig, E> {
    private final Study<C, E> study;
    private final Resolved<C> config;
    private final @Nullable List<String> command;

    private Run(Study<C, E> study, Resolved<C> config, @Nullable List<String> command) {
        this.study = study;
        this.config = config;
        this.command = command;
    }

    /** The run of a config. */
    public static <C extends RunConfig, E> Run<C, E> of(Study<C, E> study, Resolved<C> config) {
        return new Run<>(study, config, null);
    }

    /**
     * The run that somebody ordered.
     *
     * @throws org.lungo.experiment.config.ConfigException when a value of it cannot be used
     * @throws IllegalArgumentException when something is missing, saying what
     */
    public static <C extends RunConfig, E> Run<C, E> of(Study<C, E> study, Order order) {
        return of(study, study.resolve(order));
    }

    /** The same, whose {@code run.json} says which command line started it. */
    public Run<C, E> startedBy(List<String> commandLine) {
        return new Run<>(study, config, List.copyOf(commandLine));
    }

    /** The config with every value. */
    public Resolved<C> config() {
        return config;
    }

    /** The maximum number of epochs. */
    public int epochs() {
        return config.value().epochs();
    }

    /**
     * What there is in the data and what training will take. Where the memory suffices, a few steps of the training are
     * timed.
     *
     * @throws org.lungo.data.DataException when the data cannot be used
     */
    public Look look() throws IOException {
        try (Cache cache = Cache.of(Files.createTempDirectory("lungo-look"));
                Scope scope = Scope.open();
                Attempt<E> attempt = study.attempt(config, cache)) {
            Look look = attempt.look().sized();
            try {
                look.memory().require();
            } catch (MemoryException e) {
                return look; // whoever asked says it
            }
            return look.with(Rehearsal.of(attempt, epochs()).line());
        }
    }

    /**
     * Overfits one small batch, saves, loads and predicts: a check in seconds that the pieces fit.
     *
     * @throws org.lungo.data.DataException when the data cannot be used
     * @throws MemoryException when this machine cannot hold the training
     */
    public Smoke smoke() throws IOException {
        try (Cache cache = Cache.of(Files.createTempDirectory("lungo-smoke"))) {
            return study.smoke(config, cache);
        }
    }

    /**
     * Trains, evaluates and writes the run folder. A folder that holds checkpoints of this run is resumed.
     *
     * @throws org.lungo.data.DataException when the data cannot be used
     * @throws IllegalArgumentException when no run can be in {@code folder}, or another one is there
     * @throws org.lungo.data.BusyException when another process trains there
     * @throws MemoryException when this machine cannot hold the training
     */
    public Outcome<E> into(Path folder, Listener listener) throws IOException {
        try (WriteLock lock = RunFolder.lock(folder);
                Cache cache = Cache.of(folder);
                Scope scope = Scope.open()) {
            listener.phaseStarted("reading " + config.value().source());
            try (Attempt<E> attempt = study.attempt(config, cache)) {
                attempt.look().memory().require();
                return trained(attempt, folder, cache, listener);
            }
        }
    }

    private Outcome<E> trained(Attempt<E> attempt, Path folder, Cache cache, Listener listener) throws IOException {
        Attempt.Fingerprints found = attempt.fingerprints();
        RunFolder run = RunFolder.begin(
                folder, config, Provenance.of(command, config.value().seed(), found.data(), found.test()));
        listener.phaseStarted("training, to " + folder);
        double before = rate(attempt.products());
        try (Tracking tracking = new Tracking(config.track(), folder, System.getenv(), Clock.systemUTC(), listener)) {
            return learned(attempt, run, cache, tracking, before);
        }
    }

    private Outcome<E> learned(Attempt<E> attempt, RunFolder run, Cache cache, Tracking listener, double before)
            throws IOException {
        StepClock clock = new StepClock(listener);
        TrainingState state = attempt.learn(run.checkpoints(), clock);
        double rate = Math.max(before, rate(attempt.products())); // one of them may have had busy neighbours
        listener.phaseStarted("testing");
        Attempt.Tested<E> tested = attempt.test(listener);
        cache.close();
        Path folder = run.path();
        attempt.writeExtras(folder);
        run.save(attempt::save);
        run.write(attempt.report(tested, background(run.provenance().data(), state)));
        Attempt.Remarks remarks =
                attempt.remarks(folder, tested, state, new Attempt.Pace(clock.secondsPerStep(), rate));
        run.end(tested.measured(), state, remarks.figures());
        listener.ended(state.epoch(), metrics(tested.measured()), config.essentials());
        return new Outcome<>(folder, tested.evaluation(), tested.measured(), state, remarks);
    }

    private static Map<String, Double> metrics(Measurement measured) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        JsonMapper.shared()
                .readTree(measured.toJson())
                .path("metrics")
                .properties()
                .forEach(metric -> {
                    if (metric.getValue().isNumber()) {
                        metrics.put(metric.getKey(), metric.getValue().asDouble());
                    }
                });
        return metrics;
    }

    private Attempt.Background background(String fingerprint, TrainingState state) {
        String data = config.value().source();
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("data", data + " (SHA-256 " + fingerprint + ")");
        provenance.put("seed", Long.toString(config.value().seed()));
        provenance.put("best epoch", state.bestEpoch() + " of " + state.epoch());
        provenance.put("libtorch", Engine.info().libtorch());
        return new Attempt.Background(state, data, provenance);
    }

    private static double rate(@Nullable DType products) {
        return products == null ? Double.NaN : Speed.measureGemm(products);
    }
}
