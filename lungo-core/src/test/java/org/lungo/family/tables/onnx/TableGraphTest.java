package org.lungo.family.tables.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.DoubleBuffer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.data.Column;
import org.lungo.data.Field;
import org.lungo.data.Kind;
import org.lungo.data.NumberColumn;
import org.lungo.data.Schema;
import org.lungo.data.Table;
import org.lungo.data.TextColumn;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.Scale;
import org.lungo.preprocess.TablePreprocessor;
import org.lungo.preprocess.TablePreprocessor.Categories;
import org.lungo.preprocess.TablePreprocessor.Numbers;
import org.lungo.tensor.Random;

/** The numbers that the graph makes of a column are those that {@link FittedTable#encode} makes. */
class TableGraphTest {
    /** Sine, logarithm and square root may differ in the last bit of double precision, and so in the last of single. */
    private static final float LAST_BIT = 1.2e-7f;

    @ParameterizedTest
    @EnumSource(Scale.class)
    void scalesEveryNumberAlike(Scale scale) throws OrtException {
        double[] known = {-3, -1, -1, -1, 0, 0.25, 2, 2, 7, 9, Double.NaN};
        double[] asked = DoubleStream.concat(
                        DoubleStream.of(
                                1e300, -1e300, Double.MAX_VALUE, Double.MIN_VALUE, -0.0, 1e-12, Double.NaN, -3.0000001),
                        DoubleStream.iterate(-4, x -> x < 11, x -> x + 0.03125))
                .toArray();
        same(Kind.NUMBER, new Numbers(scale, true, 4), known, asked);
        same(Kind.NUMBER, new Numbers(scale, true, 0), new double[] {5, 5, 5}, asked);
    }

    @Test
    void ranksAmongAThousandKnots() throws OrtException {
        double[] known = DoubleStream.iterate(0, i -> i < 5000, i -> i + 1)
                .map(i -> Math.rint(i * i / 900) / 8)
                .toArray();
        double[] asked = DoubleStream.concat(
                        Arrays.stream(known), Arrays.stream(known).map(x -> x + 0.01))
                .toArray();
        same(Kind.NUMBER, new Numbers(Scale.QUANTILE, true, 0), known, asked);
    }

    /** Every day of 400 years and more, before and after 1970, at the day's first, last and some other second. */
    @Test
    void knowsTheCalendar() throws OrtException {
        double first = LocalDate.of(1599, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        double[] asked = LongStream.range(0, 200_000)
                .mapToDouble(day -> first + day * 86_400.0 + (day % 3 == 0 ? 0 : day % 3 == 1 ? 86_399 : 12_345.678))
                .toArray();
        same(Kind.DATE, Numbers.DEFAULTS, new double[] {0, 1e9, Double.NaN}, asked);
    }

    private static void same(Kind kind, Numbers numbers, double[] known, double[] asked) throws OrtException {
        Schema schema = new Schema(List.of(new Field("x", kind)));
        FittedTable table = new TablePreprocessor(numbers, Categories.DEFAULTS, 1_000_000)
                .fit(Table.of(List.of(new NumberColumn("x", known))), schema);
        float[] ours =
                table.encode(Table.of(List.of(new NumberColumn("x", asked)))).numbers();
        float[] theirs = run(table, asked);
        assertThat(theirs).hasSameSizeAs(ours);
        for (int i = 0; i < ours.length; i++) {
            if (ours[i] != theirs[i]) {
                assertThat(theirs[i])
                        .as("number %d", i)
                        .isCloseTo(ours[i], within(LAST_BIT * Math.max(1, Math.abs(ours[i]))));
            }
        }
    }

    /** A number twice as large: nothing that the export knows. */
    private record Doubled(String column) implements Fitted.Numbers {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public List<String> outputs() {
            return List.of(column);
        }

        @Override
        public void write(Column values, float[] target, int at, int stride) {
            for (int row = 0; row < values.rows(); row++) {
                target[at + row * stride] = (float) (2 * ((NumberColumn) values).values()[row]);
            }
        }
    }

    @Test
    void refusesColumnsThatItCannotWrite() {
        FittedTable table =
                new FittedTable(new Schema(List.of(new Field("x", Kind.NUMBER))), List.of(new Doubled("x")));
        float[] ours = table.encode(Table.of(List.of(new NumberColumn("x", new double[] {1, 3}))))
                .numbers();
        assertThat(ours).containsExactly(2, 6);
        String message = "an ONNX file cannot hold the preprocessing of the column 'x'; serve or predict with the run"
                + " itself. Received: Doubled";
        assertThatThrownBy(() -> RawColumns.declare(new Graph(), table)).hasMessage(message);
        assertThatThrownBy(() -> DrawnRows.of(table, 1, Random.of(1))).hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource(
            value = TablePreprocessor.Encode.class,
            names = {"ONE_HOT", "FREQUENCY"})
    void readsWholeNumbersInBothSpellings(TablePreprocessor.Encode encode) throws OrtException {
        TextColumn known = new TextColumn("x", new String[] {"1", "2.0", "2", "01", "a"});
        FittedTable table = new TablePreprocessor(Numbers.DEFAULTS, new Categories(encode, 8, 1, 16), 1_000_000)
                .fit(Table.of(List.of(known)), new Schema(List.of(new Field("x", Kind.CATEGORY))));
        String[] asked = {"1", "1.0", "2", "2.0", "01", "01.0", "a", "a.0", "3.0"};
        float[] ours =
                table.encode(Table.of(List.of(new TextColumn("x", asked)))).numbers();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(graph(table));
                OnnxTensor x = OnnxTensor.createTensor(environment, asked, new long[] {asked.length, 1});
                OrtSession.Result result = session.run(Map.of("x", x))) {
            assertThat(((OnnxTensor) result.get(0)).getFloatBuffer().array()).containsExactly(ours);
        }
        int width = ours.length / asked.length;
        assertThat(Arrays.copyOf(ours, width)).containsExactly(Arrays.copyOfRange(ours, width, 2 * width));
    }

    private static byte[] graph(FittedTable table) {
        Graph graph = new Graph();
        String numbers = new TableGraph(graph, table, RawColumns.declare(graph, table)).numbers();
        assertThat(numbers).isNotNull();
        graph.output("numbers", numbers, DataType.FLOAT, table.numberNames().size());
        return graph.toBytes();
    }

    private static float[] run(FittedTable table, double... asked) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {asked.length, 1};
        try (OrtSession session = environment.createSession(graph(table));
                OnnxTensor x = OnnxTensor.createTensor(environment, DoubleBuffer.wrap(asked), shape);
                OrtSession.Result result = session.run(Map.of("x", x))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
        }
    }
}
