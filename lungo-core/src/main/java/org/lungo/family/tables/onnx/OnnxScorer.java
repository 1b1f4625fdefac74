package org.lungo.family.tables.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.NumberColumn;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.data.TextColumn;
import org.lungo.family.tables.TableBundle;
import org.lungo.preprocess.Fitted;

/** Scores tables with ONNX Runtime, as {@link org.lungo.family.tables.Scorer} does with libtorch. */
public final class OnnxScorer implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 4096;

    private final TableBundle bundle;
    private final List<OnnxDescription.Input> inputs;
    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxScorer(
            TableBundle bundle, List<OnnxDescription.Input> inputs, OrtEnvironment environment, OrtSession session) {
        this.bundle = bundle;
        this.inputs = inputs;
        this.environment = environment;
        this.session = session;
    }

    /**
     * The answers for some rows.
     *
     * @param scores as {@link org.lungo.family.tables.Scorer#scores}
     * @param labels [rows][1], or [rows][labels] for several labels; none for a number
     */
    record Answers(double[][] scores, String[][] labels) {}

    static OnnxScorer open(byte[] model, TableBundle bundle, List<OnnxDescription.Input> inputs, int threads) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            return new OnnxScorer(bundle, inputs, environment, environment.createSession(model, options));
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    /** One row of scores per row of {@code table}, as {@link org.lungo.family.tables.Scorer#scores}. */
    public double[][] scores(Table table) {
        return answers(table).scores();
    }

    Answers answers(Table table) {
        double[][] scores = new double[table.rows()][];
        List<String[]> labels = new ArrayList<>();
        for (int start = 0; start < table.rows(); start += ROWS_AT_ONCE) {
            int end = Math.min(table.rows(), start + ROWS_AT_ONCE);
            Table part = start == 0 && end == table.rows() ? table : table.slice(start, end);
            Answers answers = run(part);
            System.arraycopy(answers.scores, 0, scores, start, answers.scores.length);
            labels.addAll(Arrays.asList(answers.labels));
        }
        return new Answers(scores, labels.toArray(String[][]::new));
    }

    private Answers run(Table table) {
        Map<String, OnnxTensor> feeds = new HashMap<>();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                Fitted fitted = bundle.table().columns().get(i);
                feeds.put(inputs.get(i).name(), feed(fitted, table.column(fitted.column())));
            }
            try (OrtSession.Result result = session.run(feeds)) {
                return read(result);
            }
        } catch (OrtException e) {
            throw failure(e);
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor feed(Fitted fitted, Column column) throws OrtException {
        long[] shape = {column.rows(), 1};
        if (column instanceof NumberColumn numbers) {
            return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(numbers.values()), shape);
        }
        if (fitted instanceof Fitted.Index index && isOutside(fitted)) {
            long[] indices = new long[column.rows()];
            index.write(column, indices, 0, 1);
            return OnnxTensor.createTensor(environment, LongBuffer.wrap(indices), shape);
        }
        @Nullable String[] values = ((TextColumn) column).values();
        String[] texts =
                Arrays.stream(values).map(text -> text == null ? "" : text).toArray(String[]::new);
        return OnnxTensor.createTensor(environment, texts, shape);
    }

    private boolean isOutside(Fitted fitted) {
        return inputs.stream()
                .anyMatch(input ->
                        input.column().equals(fitted.column()) && input.type().equals("int64"));
    }

    private Answers read(OrtSession.Result result) throws OrtException {
        if (bundle.target().task() == Task.REGRESSION) {
            double[][] values = (double[][]) output(result, AnswerGraph.VALUE).getValue();
            return new Answers(values, new String[0][]);
        }
        OnnxTensor probabilities = output(result, AnswerGraph.PROBABILITIES);
        FloatBuffer flat = probabilities.getFloatBuffer();
        double[][] scores = new double[(int) probabilities.getInfo().getShape()[0]]
                [bundle.target().classes().size()];
        for (double[] row : scores) {
            for (int i = 0; i < row.length; i++) {
                row[i] = flat.get();
            }
        }
        Object words = output(result, AnswerGraph.LABEL).getValue();
        String[][] labels = words instanceof String[][] several
                ? several
                : Arrays.stream((String[]) words)
                        .map(word -> new String[] {word})
                        .toArray(String[][]::new);
        return new Answers(scores, labels);
    }

    private static OnnxTensor output(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow();
    }

    private static IllegalStateException failure(OrtException e) {
        return new IllegalStateException("ONNX Runtime failed: " + Objects.toString(e.getMessage()), e);
    }

    /** Frees the session. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw failure(e);
        }
    }
}
