package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lungo.preprocess.Scale;
import org.lungo.preprocess.ScaledNumber;

/** What {@link ScaledNumber} and its scaling do, for all such columns together and as there in double precision. */
record NumberGraph(Graph graph, List<Placed<ScaledNumber>> columns) {
    /** The scaled numbers, the indicators of missing ones and the bins. */
    List<Piece> pieces() {
        String raw = Placed.inputs(graph, columns); // DOUBLE [rows, columns]
        String missing = graph.node("IsNaN", raw); // BOOL [rows, columns]
        int[] all = IntStream.range(0, columns.size()).toArray();
        String filled = graph.node("Where", missing, row(ScaledNumber::fill, all), raw); // DOUBLE [rows, columns]
        List<Piece> pieces = new ArrayList<>();
        for (Scale kind : Scale.values()) {
            int[] some = where(column -> column.scaling().kind() == kind);
            if (some.length > 0) {
                String scaled = scaled(kind, graph.columns(filled, columns.size(), some), some); // [rows, some]
                pieces.add(new Piece(graph.cast(DataType.FLOAT, scaled), places(0, some)));
            }
        }
        int[] indicated = where(ScaledNumber::indicator);
        if (indicated.length > 0) {
            String indicators = graph.columns(missing, columns.size(), indicated); // BOOL [rows, indicated]
            pieces.add(new Piece(graph.cast(DataType.FLOAT, indicators), places(1, indicated)));
        }
        int[] binned = where(column -> column.bins().length > 0);
        if (binned.length > 0) {
            pieces.add(bins(filled, binned));
        }
        return pieces;
    }

    /** {@code x}: DOUBLE [rows, some]. Returns the same shape. */
    private String scaled(Scale kind, String x, int... some) {
        return switch (kind) {
            case NONE -> limited(x);
            case STANDARD, MIN_MAX -> limited(distance(x, some));
            case ROBUST -> {
                String z = distance(x, some);
                String ninth = graph.node("Div", graph.node("Mul", z, z), graph.number(9)); // z^2 / 9
                String root = graph.node("Sqrt", graph.node("Add", ninth, graph.number(1)));
                yield graph.node("Div", z, root);
            }
            case QUANTILE -> {
                List<double[]> knots = IntStream.of(some)
                        .mapToObj(i -> columns.get(i).fitted().scaling().knots())
                        .toList();
                yield new QuantileGraph(graph).scaled(x, knots);
            }
        };
    }

    private String limited(String x) {
        double max = ScaledNumber.FARTHEST;
        return graph.node("Clip", x, graph.number(-max), graph.number(max));
    }

    /** {@code (x - center) / width}. */
    private String distance(String x, int... some) {
        String centred = graph.node("Sub", x, row(column -> column.scaling().center(), some));
        return graph.node("Div", centred, row(column -> column.scaling().width(), some));
    }

    /** Piecewise linear: how far each value is through each bin, from 0 to 1. */
    private Piece bins(String filled, int... binned) {
        List<Integer> column = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        List<Double> widths = new ArrayList<>();
        for (int i : binned) {
            ScaledNumber fitted = columns.get(i).fitted();
            int first = columns.get(i).at() + (fitted.indicator() ? 2 : 1);
            double[] edges = fitted.bins();
            for (int bin = 0; bin + 1 < edges.length; bin++) {
                column.add(i);
                places.add(first + bin);
                starts.add(edges[bin]);
                widths.add(edges[bin + 1] - edges[bin]);
            }
        }
        String x = graph.columns(
                filled, columns.size(), column.stream().mapToInt(i -> i).toArray()); // [rows, bins]
        String share = graph.node("Div", graph.node("Sub", x, row(starts)), row(widths));
        String clipped = graph.node("Clip", share, graph.number(0), graph.number(1)); // DOUBLE [rows, bins]
        return Piece.of(graph.cast(DataType.FLOAT, clipped), places);
    }

    private int[] where(java.util.function.Predicate<ScaledNumber> condition) {
        return IntStream.range(0, columns.size())
                .filter(i -> condition.test(columns.get(i).fitted()))
                .toArray();
    }

    private int[] places(int offset, int... some) {
        return IntStream.of(some).map(i -> columns.get(i).at() + offset).toArray();
    }

    /** A constant, [1, some]. */
    private String row(ToDoubleFunction<ScaledNumber> value, int... some) {
        return row(IntStream.of(some)
                .mapToObj(i -> value.applyAsDouble(columns.get(i).fitted()))
                .toList());
    }

    private String row(List<Double> values) {
        return graph.doubles(values.stream().mapToDouble(v -> v).toArray(), 1, values.size());
    }
}
