package org.lungo.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.nn.Parameters;
import org.lungo.optim.ClipNorm;
import org.lungo.optim.ClipValue;
import org.lungo.optim.GradientTransform;
import org.lungo.optim.Optimizer;
import org.lungo.optim.ReduceOnPlateau;
import org.lungo.optim.Schedule;
import org.lungo.optim.WeightAverage;
import org.lungo.tensor.DType;
import org.lungo.tensor.Mode;
import org.lungo.tensor.Random;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Trains a model until its validation loss (or what else is monitored) no longer improves, and leaves it with the weights of
 * its best epoch.
 *
 * <p>The order of rows and the dropped values depend only on the seed, the epoch and the step: training that was cut off
 * and resumed from a checkpoint gives the same bits as training in one go.
 */
public final class Trainer {
    /** Short epochs are not worth a forced write each; when one is saved changes no result. */
    private static final long CHECKPOINT_NANOS = 2_000_000_000L;

    private static final String AVERAGE = "average/";

    private final Lesson lesson;
    private final TrainConfig config;
    private final Random random;
    private final Parameters parameters;
    private final Optimizer optimizer;
    private final List<GradientTransform> gradients = new ArrayList<>();
    private final @Nullable WeightAverage average;
    private final Mode evaluation;
    private final Mode training;
    private final Monitor monitor;

    /**
     * A trainer for {@code lesson}; what it remembers between steps lives in the scope that is open now.
     *
     * @throws IllegalArgumentException when the lesson does not measure what the config monitors
     */
    public Trainer(Lesson lesson, TrainConfig config, Random random) {
        this.lesson = lesson;
        this.config = config;
        this.random = random;
        this.parameters = lesson.parameters();
        List<Tensor> trained = parameters.trainable();
        this.optimizer = config.optimizer().build(trained);
        TrainConfig.More more = config.more();
        if (more.clipValue() > 0) {
            gradients.add(new ClipValue(trained, more.clipValue()));
        }
        if (more.clipNorm() > 0) {
            gradients.add(new ClipNorm(trained, more.clipNorm()));
        }
        this.average = more.average() > 0 ? new WeightAverage(trained, more.average()) : null;
        DType autocast = more.precision() == TrainConfig.Precision.BF16 ? DType.BFLOAT16 : null;
        this.training =
                Mode.training(0).autocast(autocast).recomputing(more.computing().recompute());
        this.evaluation = Mode.INFERENCE.autocast(autocast);
        this.monitor = Monitor.of(config.earlyStop(), lesson.monitors());
    }

    /**
     * Trains.
     *
     * @param checkpoints where to save each epoch and resume from, or null
     * @return the state after the last epoch
     * @throws DivergedException when the loss is no longer finite, or the monitored value in no epoch
     */
    public TrainingState fit(@Nullable Checkpoints checkpoints, Listener listener) {
        int accumulate = config.more().accumulate();
        long stepsPerEpoch = (lesson.batches() + accumulate - 1) / accumulate;
        Schedule schedule = config.schedule().build(config.learningRate(), stepsPerEpoch, config.epochs());
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> best = copies(parameters.tensors());
            TrainingState state = resume(checkpoints, best, schedule);
            if (state.epoch() > 0) {
                listener.resumed(state.epoch());
            }
            long start = System.nanoTime();
            long saved = start;
            while (!finished(state, start)) {
                state = epoch(state, schedule, best, listener);
                boolean last = finished(state, start);
                if (checkpoints != null && (last || System.nanoTime() - saved > CHECKPOINT_NANOS)) {
                    checkpoints.save(new Checkpoints.Saved(state, parameters.tensors(), best, optimizerState()), last);
                    saved = System.nanoTime();
                }
                listener.epochEnded(state.history().get(state.history().size() - 1));
            }
            if (state.bestEpoch() == 0) {
                throw new DivergedException(monitor.name(), state.epoch());
            }
            parameters.load(best);
            return state;
        }
    }

    private boolean finished(TrainingState state, long start) {
        int patience = config.earlyStop().patience();
        double limit = config.more().timeLimitS();
        return state.epoch() >= config.epochs()
                || patience > 0 && state.epoch() - state.bestEpoch() >= patience
                || limit > 0 && (System.nanoTime() - start) / 1e9 >= limit;
    }

    private TrainingState epoch(TrainingState before, Schedule schedule, Map<String, Tensor> best, Listener listener) {
        int epoch = before.epoch() + 1;
        Pass pass = pass(before, schedule, best, listener);
        double rate = schedule.learningRate(Math.max(1, pass.step()));
        if (average != null) {
            average.swap();
        }
        Lesson.Validation validation = lesson.validate(evaluation);
        double valLoss = validation.loss();
        EpochReport report =
                new EpochReport(epoch, pass.step(), pass.loss(), valLoss, rate, false, named(validation.metrics()));
        double value = report.value(monitor.name());
        boolean improved = monitor.improves(report, before);
        if (improved) {
            copyInto(best, parameters.tensors());
        }
        if (average != null) {
            average.swap();
        }
        ReduceOnPlateau.@Nullable State plateau = null;
        if (schedule instanceof ReduceOnPlateau onPlateau) {
            onPlateau.epochEnded(valLoss);
            plateau = onPlateau.state();
        }
        List<EpochReport> history = new ArrayList<>(before.history());
        history.add(improved ? report.asBest() : report);
        return new TrainingState(
                epoch,
                pass.step(),
                improved ? value : before.best(),
                improved ? epoch : before.bestEpoch(),
                plateau,
                history);
    }

    private static Map<String, Double> named(Map<String, Double> metrics) {
        Map<String, Double> named = new LinkedHashMap<>();
        metrics.forEach((name, value) -> named.put(EpochReport.VALIDATION + name, value));
        return named;
    }

    /** The mean loss of one pass over the training rows and the number of the last step. */
    private record Pass(double loss, long step) {}

    private Pass pass(TrainingState before, Schedule schedule, Map<String, Tensor> best, Listener listener) {
        int epoch = before.epoch() + 1;
        long step = before.step();
        double sum = 0;
        int accumulate = config.more().accumulate();
        int batches = Math.toIntExact(lesson.batches());
        try (Scope epochScope = Scope.open()) {
            Lesson.Epoch examples = lesson.epoch(epoch, random);
            Random dropout = random.stream("dropout", epoch);
            SecondLook look = new SecondLook(parameters, best);
            optimizer.zeroGradients();
            listener.epochStarted(epoch, batches, lesson.examples());
            for (int i = 0; i < batches; i++) {
                Mode mode = training.dropoutSeed(dropout.seed() + i);
                try (Scope scope = Scope.open(mode)) {
                    Lesson.Outcome outcome = examples.batch(i);
                    Tensor value = outcome.loss();
                    (accumulate == 1 ? value : value.div(accumulate)).backward();
                    double number = look.finite(value.item(), step + 1, mode, examples, i);
                    if ((i + 1) % accumulate == 0 || i + 1 == batches) {
                        gradients.forEach(GradientTransform::apply); // clip
                        optimizer.step(schedule.learningRate(++step));
                        optimizer.zeroGradients();
                        if (average != null) {
                            average.update();
                        }
                    }
                    sum += number * outcome.examples();
                    listener.stepEnded(epoch, i, batches, number);
                }
            }
        }
        return new Pass(sum / lesson.examples(), step);
    }

    private TrainingState resume(@Nullable Checkpoints checkpoints, Map<String, Tensor> best, Schedule schedule) {
        Checkpoints.@Nullable Saved saved = checkpoints == null ? null : checkpoints.newest();
        if (saved == null) {
            return TrainingState.start(monitor.worst());
        }
        parameters.load(saved.weights());
        copyInto(best, saved.best());
        Map<String, Tensor> optimizerPart = new LinkedHashMap<>(saved.optimizer());
        if (average != null) {
            Map<String, Tensor> averages = new LinkedHashMap<>();
            saved.optimizer().forEach((name, tensor) -> {
                if (name.startsWith(AVERAGE)) {
                    averages.put(name.substring(AVERAGE.length()), tensor);
                    optimizerPart.remove(name);
                }
            });
            average.load(averages);
        }
        optimizer.load(optimizerPart);
        if (schedule instanceof ReduceOnPlateau onPlateau && saved.state().plateau() != null) {
            onPlateau.load(saved.state().plateau());
        }
        return saved.state();
    }

    private Map<String, Tensor> optimizerState() {
        Map<String, Tensor> state = new LinkedHashMap<>(optimizer.state());
        if (average != null) {
            average.state().forEach((name, tensor) -> state.put(AVERAGE + name, tensor));
        }
        return state;
    }

    private static void copyInto(Map<String, Tensor> copies, Map<String, Tensor> values) {
        values.forEach((name, value) -> {
            Tensor copy = copies.get(name);
            if (copy != null) {
                copy.copyInPlace(value);
            }
        });
    }

    private static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.copy()));
        return copies;
    }
}
