package org.lungo.benchmark;

import java.util.concurrent.TimeUnit;
import org.lungo.data.Table;
import org.lungo.family.tables.Scorer;
import org.lungo.family.tables.TableBundle;
import org.lungo.family.tables.onnx.OnnxModel;
import org.lungo.family.tables.onnx.OnnxScorer;
import org.lungo.tensor.Engine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds from a table of raw rows to their scores, with libtorch and with ONNX Runtime, one thread each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ScoringBenchmark {
    /** The model in three forms. */
    @State(Scope.Thread)
    public static class Model {
        @Param({"1", "1024"})
        public int rows;

        @Param({"1", "8"})
        public int members;

        private org.lungo.tensor.Scope scope;
        private Table table;
        private Scorer scorer;
        private OnnxScorer onnx;
        private OnnxScorer int8;

        @Setup
        public void open() {
            Engine.threads(1);
            scope = org.lungo.tensor.Scope.open();
            TableBundle bundle = ScoringWorkload.bundle(members);
            table = ScoringWorkload.table(rows);
            scorer = new Scorer(bundle);
            onnx = OnnxModel.of(bundle).scorer(bundle, 1);
            int8 = OnnxModel.int8(bundle).scorer(bundle, 1);
        }

        @TearDown
        public void close() {
            int8.close();
            onnx.close();
            scope.close();
        }
    }

    @Benchmark
    public double[][] lungo(Model model) {
        return model.scorer.scores(model.table);
    }

    @Benchmark
    public double[][] onnxRuntime(Model model) {
        return model.onnx.scores(model.table);
    }

    @Benchmark
    public double[][] onnxRuntimeInt8(Model model) {
        return model.int8.scores(model.table);
    }
}
