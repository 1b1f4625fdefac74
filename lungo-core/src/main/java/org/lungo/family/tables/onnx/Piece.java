package org.lungo.family.tables.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some of the numbers that the network is given.
 *
 * @param value FLOAT [rows, places]
 * @param places the column of each among all numbers
 */
record Piece(String value, int... places) {
    static Piece of(String value, List<Integer> places) {
        return new Piece(value, places.stream().mapToInt(place -> place).toArray());
    }

    /** All pieces as one matrix, every number at its place: FLOAT [rows, numbers]. */
    static String join(Graph graph, List<Piece> pieces) {
        List<String> values = new ArrayList<>();
        IntStream.Builder places = IntStream.builder();
        for (Piece piece : pieces) {
            values.add(piece.value);
            Arrays.stream(piece.places).forEach(places);
        }
        int[] order = places.build().toArray();
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return graph.columns(graph.concat(values), order.length, inverse);
    }
}
