package org.lungo.family.tables.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.preprocess.FittedTable;

/**
 * What {@link FittedTable#encode} does, as a graph. Columns of one type are computed together, as a matrix, so that the
 * number of operators does not grow with the number of columns.
 */
record TableGraph(Graph graph, FittedTable table, RawColumns inputs) {
    /** FLOAT [rows, numbers]; null when there is no number. */
    @Nullable
    String numbers() {
        List<Piece> pieces = ColumnExport.pieces(graph, Placed.numbers(table, inputs));
        return pieces.isEmpty() ? null : Piece.join(graph, pieces);
    }

    /** INT64 [rows, categories]; null when there is no category. */
    @Nullable
    String categories() {
        List<Piece> pieces = new ArrayList<>(ColumnExport.pieces(graph, Placed.indices(table, inputs)));
        pieces.sort(Comparator.comparingInt(piece -> piece.places()[0])); // one column each
        return pieces.isEmpty()
                ? null
                : graph.concat(pieces.stream().map(Piece::value).toList());
    }
}
