package org.lungo.benchmark;

import java.util.concurrent.TimeUnit;
import org.lungo.tensor.Engine;
import org.lungo.tensor.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds of one training step of a small network (10-50-1, batch 32, one thread): what the layers above libtorch
 * cost, since there is next to no arithmetic.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
public class TrainingStepBenchmark {
    private static final Random RANDOM = Random.of(1);

    /** Lungo with and without the limit on gradients that is its default and that the quickstart switches off. */
    @State(Scope.Thread)
    public static class Lungo {
        @Param({"0", "1"})
        public double clipNorm;

        private LungoTraining training;

        @Setup
        public void open() {
            Engine.threads(1);
            training = new LungoTraining(Workload.EPOCHS, clipNorm, RANDOM);
        }

        @TearDown
        public void close() {
            training.close();
        }
    }

    /** libtorch alone, with its own limit on gradients. */
    @State(Scope.Thread)
    public static class Raw {
        @Param({"0", "1"})
        public double clipNorm;

        private RawTraining training;

        @Setup
        public void open() {
            Engine.threads(1);
            try (LungoTraining start = new LungoTraining(1, 0, RANDOM)) {
                training = new RawTraining(clipNorm, start.weights());
            }
        }

        @TearDown
        public void close() {
            training.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(Workload.STEPS)
    public double lungo(Lungo lungo) {
        return lungo.training.fit();
    }

    @Benchmark
    @OperationsPerInvocation(Workload.STEPS)
    public double raw(Raw raw) {
        return raw.training.fit(Workload.EPOCHS, RANDOM);
    }
}
