package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.lungo.data.Column;
import org.lungo.preprocess.CategoryIndex;
import org.lungo.preprocess.DateParts;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.Frequency;
import org.lungo.preprocess.HashedCategory;
import org.lungo.preprocess.OneHot;
import org.lungo.preprocess.ScaledNumber;

/**
 * How the columns that are encoded in one way are written, all together; those that have no line here are refused.
 *
 * @param input what the graph is given of each
 * @param operators of all of them
 * @param drawing makes up rows to compare answers with
 */
record ColumnExport<F extends Fitted>(
        Class<F> type,
        RawInput<F> input,
        BiFunction<Graph, List<Placed<F>>, List<Piece>> operators,
        Drawing<F> drawing) {
    private static final List<ColumnExport<?>> ALL = List.of(
            new ColumnExport<>(
                    ScaledNumber.class,
                    RawInput.number("a finite number; NaN when it is missing"),
                    (graph, columns) -> new NumberGraph(graph, columns).pieces(),
                    DrawnRows::number),
            new ColumnExport<>(
                    DateParts.class,
                    RawInput.number("seconds since 1970-01-01T00:00Z; NaN when it is missing"),
                    (graph, columns) -> List.of(new DateGraph(graph, columns).piece()),
                    DrawnRows::date),
            new ColumnExport<>(
                    OneHot.class,
                    RawInput.text(),
                    (graph, columns) -> new CategoryGraph(graph).oneHot(columns),
                    DrawnRows::category),
            new ColumnExport<>(
                    Frequency.class,
                    RawInput.text(),
                    (graph, columns) -> new CategoryGraph(graph).frequencies(columns),
                    DrawnRows::category),
            new ColumnExport<>(
                    CategoryIndex.class,
                    RawInput.text(),
                    (graph, columns) -> new CategoryGraph(graph).indices(columns),
                    DrawnRows::category),
            new ColumnExport<>(
                    HashedCategory.class,
                    new RawInput<>(DataType.INT64, ColumnExport::hash, true),
                    (graph, columns) -> columns.stream()
                            .map(column -> new Piece(column.input(), column.at())) // already an index
                            .toList(),
                    DrawnRows::category));

    /** Makes up the values of a column. */
    @FunctionalInterface
    interface Drawing<F extends Fitted> {
        Column of(F fitted, int rows, RandomGenerator generator);
    }

    private static String hash(HashedCategory hashed) {
        return "0 when it is missing, else 1 + floorMod(h, " + hashed.buckets()
                + ") with h the text's Java hash: String.hashCode(), 32 bits; whole numbers are written without a fraction";
    }

    /**
     * How {@code fitted} is written.
     *
     * @throws IllegalArgumentException when it cannot be
     */
    static ColumnExport<?> of(Fitted fitted) {
        return ALL.stream()
                .filter(export -> export.type.isInstance(fitted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "an ONNX file cannot hold the preprocessing of the column '" + fitted.column()
                                + "'; serve or predict with the run itself. Received: "
                                + fitted.getClass().getSimpleName()));
    }

    /** What all of {@code columns} give. */
    static List<Piece> pieces(Graph graph, List<Placed<?>> columns) {
        List<Piece> pieces = new ArrayList<>();
        ALL.forEach(export -> pieces.addAll(export.own(graph, columns)));
        return pieces;
    }

    private List<Piece> own(Graph graph, List<Placed<?>> columns) {
        List<Placed<F>> own = columns.stream()
                .filter(column -> type.isInstance(column.fitted()))
                .map(column -> new Placed<>(type.cast(column.fitted()), column.input(), column.at()))
                .toList();
        return own.isEmpty() ? List.of() : operators.apply(graph, own);
    }

    /** What the values of the input of {@code fitted} are. */
    String meaning(Fitted fitted) {
        return input.meaning().apply(type.cast(fitted));
    }

    /** Made-up values of the column of {@code fitted}. */
    Column drawn(Fitted fitted, int rows, RandomGenerator generator) {
        return drawing.of(type.cast(fitted), rows, generator);
    }
}
