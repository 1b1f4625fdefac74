package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;
import org.lungo.preprocess.NormalQuantile;

/**
 * What {@link org.lungo.preprocess.Scale#QUANTILE} does: the rank of a number among a column's knots by a binary search
 * that all columns do together, then the normal quantile of the rank.
 */
record QuantileGraph(Graph graph) {
    private static final List<AttributeProto> NONE = List.of();

    /** {@code x}: DOUBLE [rows, columns]. Returns DOUBLE [rows, columns]. */
    String scaled(String x, List<double[]> knots) {
        return normal(rank(x, knots));
    }

    private String rank(String x, List<double[]> knots) {
        Slots slots = Slots.of(knots);
        int columns = knots.size();
        long[] starts = new long[columns];
        double[] steps = new double[columns];
        for (int i = 0; i < columns; i++) {
            starts[i] = (long) i * slots.width;
            steps[i] = knots.get(i).length - 1.0;
        }
        String table = graph.doubles(slots.knots, slots.knots.length);
        String at = graph.longs(starts, 1, columns); // after the first step INT64 [rows, columns]
        for (long step = slots.width / 2; step >= 1; step /= 2) {
            String next = graph.node("Add", at, graph.longs(new long[] {step - 1}));
            String below = graph.node("Less", graph.node("Gather", table, next), x); // BOOL [rows, columns]
            at = graph.node("Where", below, graph.node("Add", at, graph.longs(new long[] {step})), at);
        }
        String share = graph.node("Div", graph.node("Sub", x, slot(slots.lower, at)), slot(slots.span, at));
        String between =
                graph.node("Div", graph.node("Add", slot(slots.before, at), share), graph.doubles(steps, 1, columns));
        String equal = graph.node("Equal", graph.node("Gather", table, at), x);
        return graph.node("Where", equal, slot(slots.rank, at), between); // DOUBLE [rows, columns]
    }

    private String slot(double[] values, String at) {
        return graph.node("Gather", graph.doubles(values, values.length), at);
    }

    private String normal(String rank) {
        String p = graph.node("Clip", rank, graph.number(NormalQuantile.EDGE), graph.number(1 - NormalQuantile.EDGE));
        String upper = graph.node("Greater", p, graph.number(0.5));
        String lower = graph.node("Where", upper, graph.node("Sub", graph.number(1), p), p);
        String root = graph.node("Sqrt", graph.node("Mul", graph.node("Log", lower), graph.number(-2)));
        String tail = graph.node(
                "Div", polynomial(root, NormalQuantile.tailUp()), polynomial(root, NormalQuantile.tailDown()));
        String q = graph.node("Sub", lower, graph.number(0.5));
        String square = graph.node("Mul", q, q);
        String centre = graph.node(
                "Div",
                graph.node("Mul", polynomial(square, NormalQuantile.centreUp()), q),
                polynomial(square, NormalQuantile.centreDown()));
        String isTail = graph.node("Less", lower, graph.number(NormalQuantile.TAIL));
        String value = graph.node("Where", isTail, tail, centre);
        return graph.node("Where", upper, graph.node("Neg", NONE, value), value);
    }

    private String polynomial(String x, List<Double> coefficients) {
        String sum = graph.number(coefficients.get(0));
        for (double coefficient : coefficients.subList(1, coefficients.size())) {
            sum = graph.node("Add", graph.node("Mul", sum, x), graph.number(coefficient));
        }
        return sum;
    }

    /**
     * What is known of a number whose first knot at or above it is at a place; all columns one after the other.
     *
     * @param width of a column, a power of two above its number of knots
     * @param knots infinite behind a column's last
     * @param rank of a number that equals the knot
     * @param before the number of the knot below
     * @param lower the knot below
     * @param span from that knot to this one; infinite before the first and behind the last
     */
    private record Slots(int width, double[] knots, double[] rank, double[] before, double[] lower, double[] span) {
        static Slots of(List<double[]> columns) {
            int maxKnots =
                    columns.stream().mapToInt(knots -> knots.length).max().orElse(1);
            int width = Integer.highestOneBit(maxKnots) << 1;
            int size = width * columns.size();
            Slots slots = new Slots(
                    width, new double[size], new double[size], new double[size], new double[size], new double[size]);
            for (int i = 0; i < columns.size(); i++) {
                slots.fill(i * width, columns.get(i));
            }
            return slots;
        }

        private void fill(int start, double... column) {
            Arrays.fill(knots, start, start + width, Double.POSITIVE_INFINITY);
            Arrays.fill(span, start, start + width, Double.POSITIVE_INFINITY);
            System.arraycopy(column, 0, knots, start, column.length);
            double steps = column.length - 1.0;
            for (int i = 0; i <= column.length; i++) {
                int end = i;
                while (end < column.length && column[end] == column[i]) {
                    end++;
                }
                rank[start + i] = i == 0 ? 0 : end == column.length ? 1 : (i + end - 1) / 2.0 / steps;
                before[start + i] = i == 0 ? 0 : i - 1.0;
                if (i > 0) {
                    lower[start + i] = column[i - 1];
                }
                if (i > 0 && i < column.length) {
                    span[start + i] = column[i] - column[i - 1];
                }
            }
        }
    }
}
