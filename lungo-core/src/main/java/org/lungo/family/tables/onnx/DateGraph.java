package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import org.lungo.preprocess.DateParts;

/**
 * What {@link DateParts} does, for all such columns together. The day of the year follows Hinnant's algorithm ("chrono-
 * compatible low-level date algorithms", 2013), in which years begin in March and come in eras of 400; every number is
 * whole and below 2^53, so that double precision is exact.
 */
record DateGraph(Graph graph, List<Placed<DateParts>> columns) {
    private static final double DAY = 86_400;
    private static final double ERA = 146_097;

    /** Days from 0000-03-01 to 1970-01-01. */
    private static final double EPOCH = 719_468;

    /** Days from the first of March to the end of the year. */
    private static final double MARCH_TO_DECEMBER = 306;

    /** The seven numbers of each column. */
    Piece piece() {
        String raw = Placed.inputs(graph, columns); // DOUBLE [rows, dates]
        String missing = graph.node("IsNaN", raw);
        String seconds = graph.node("Where", missing, graph.number(0), raw);
        String whole = graph.node("Floor", seconds);
        String day = quotient(whole, DAY);
        List<String> parts = new ArrayList<>(List.of(years(seconds)));
        circle(parts, dayOfYear(day), DateParts.YEAR_DAYS);
        circle(parts, add(remainder(add(day, 3), 7), 1), 7); // 1970-01-01 was a Thursday, day 4
        circle(parts, remainder(whole, DAY), DAY);
        List<String> layers = parts.stream().map(this::layer).toList();
        String stacked = graph.node("Concat", List.of(Attributes.of("axis", 2)), layers.toArray(String[]::new));
        String present = graph.node("Where", layer(missing), graph.number(0), stacked); // DOUBLE [rows, dates, 7]
        String flat = graph.node("Flatten", List.of(Attributes.of("axis", 1)), present); // DOUBLE [rows, dates * 7]
        List<Integer> places = new ArrayList<>();
        for (Placed<DateParts> column : columns) {
            for (int i = 0; i < parts.size(); i++) {
                places.add(column.at() + i);
            }
        }
        return Piece.of(graph.cast(DataType.FLOAT, flat), places);
    }

    private String layer(String part) {
        return graph.node("Unsqueeze", part, graph.longs(new long[] {2}, 1)); // [rows, dates, 1]
    }

    private String years(String seconds) {
        double[] middle =
                columns.stream().mapToDouble(column -> column.fitted().middle()).toArray();
        String distance = graph.node("Sub", seconds, graph.doubles(middle, 1, middle.length));
        return graph.node("Div", distance, graph.number(DateParts.YEAR_DAYS * DAY));
    }

    /** Sine and cosine of the place on a circle; a cosine is the sine a quarter later. */
    private void circle(List<String> parts, String place, double all) {
        String angle = graph.node("Mul", graph.number(2 * Math.PI), graph.node("Div", place, graph.number(all)));
        parts.add(graph.node("Sin", angle));
        parts.add(graph.node("Sin", add(angle, Math.PI / 2)));
    }

    /** {@code day}: days since 1970-01-01. Returns the day of its year, from 1. */
    private String dayOfYear(String day) {
        String ofEra = remainder(add(day, EPOCH), ERA);
        String leapless = graph.node("Sub", ofEra, quotient(ofEra, 1460));
        leapless = graph.node("Add", leapless, quotient(ofEra, 36_524));
        leapless = graph.node("Sub", leapless, quotient(ofEra, ERA - 1));
        String year = quotient(leapless, 365); // of the era
        String before = graph.node("Mul", year, graph.number(365));
        before = graph.node("Add", before, quotient(year, 4));
        before = graph.node("Sub", before, quotient(year, 100));
        String sinceMarch = graph.node("Sub", ofEra, before); // 0 is the first of March
        String leap = graph.node(
                "And",
                isZero(remainder(year, 4)),
                graph.node("Or", graph.node("Not", isZero(remainder(year, 100))), isZero(year)));
        String march = graph.node("Where", leap, graph.number(61), graph.number(60)); // its first day's number
        String january = graph.node("GreaterOrEqual", sinceMarch, graph.number(MARCH_TO_DECEMBER));
        return graph.node(
                "Where", january, add(sinceMarch, 1 - MARCH_TO_DECEMBER), graph.node("Add", sinceMarch, march));
    }

    private String isZero(String x) {
        return graph.node("Equal", x, graph.number(0));
    }

    private String add(String x, double value) {
        return graph.node("Add", x, graph.number(value));
    }

    private String quotient(String x, double divisor) {
        return graph.node("Floor", graph.node("Div", x, graph.number(divisor)));
    }

    private String remainder(String x, double divisor) {
        return graph.node("Sub", x, graph.node("Mul", quotient(x, divisor), graph.number(divisor)));
    }
}
