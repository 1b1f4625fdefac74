package org.lungo.benchmark;

import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The step of {@link TrainingStepBenchmark} in other libraries, each written as its documentation says. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 2)
public class TrainingStepPeersBenchmark {
    /** Deep Java Library, libtorch engine. */
    @State(Scope.Thread)
    public static class Djl {
        private DjlTraining training;

        @Setup
        public void open() {
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("ai.djl.pytorch.num_threads", "1");
            System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
            training = new DjlTraining();
        }

        @TearDown
        public void close() {
            training.close();
        }
    }

    /** Deeplearning4j, native CPU backend. */
    @State(Scope.Thread)
    public static class Deeplearning4j {
        private Deeplearning4jTraining training;

        @Setup
        public void open() {
            training = new Deeplearning4jTraining();
        }

        @TearDown
        public void close() {
            training.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(Workload.STEPS)
    public void djl(Djl djl) throws IOException, TranslateException {
        djl.training.fit(Workload.EPOCHS);
    }

    @Benchmark
    @OperationsPerInvocation(Workload.STEPS)
    public double deeplearning4j(Deeplearning4j deeplearning4j) {
        return deeplearning4j.training.fit(Workload.EPOCHS);
    }
}
