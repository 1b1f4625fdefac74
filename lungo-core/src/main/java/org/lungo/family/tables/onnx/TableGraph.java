package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.lungo.preprocess.CategoryIndex;
import org.lungo.preprocess.DateParts;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.FittedTable;
import org.lungo.preprocess.Frequency;
import org.lungo.preprocess.OneHot;
import org.lungo.preprocess.ScaledNumber;

/**
 * What {@link FittedTable#encode} does, as a graph. Columns of one kind are computed together, as a matrix, so that the
 * number of operators does not grow with the number of columns.
 */
record TableGraph(Graph graph, FittedTable table, RawColumns inputs) {
    /** FLOAT [rows, numbers]; null when there is no number. */
    @Nullable
    String numbers() {
        List<Piece> pieces = new ArrayList<>();
        List<Placed<ScaledNumber>> scaled = Placed.of(ScaledNumber.class, table, inputs);
        if (!scaled.isEmpty()) {
            pieces.addAll(new NumberGraph(graph, scaled).pieces());
        }
        List<Placed<DateParts>> dates = Placed.of(DateParts.class, table, inputs);
        if (!dates.isEmpty()) {
            pieces.add(new DateGraph(graph, dates).piece());
        }
        List<Placed<OneHot>> oneHot = Placed.of(OneHot.class, table, inputs);
        if (!oneHot.isEmpty()) {
            pieces.add(oneHot(oneHot));
        }
        List<Placed<Frequency>> frequencies = Placed.of(Frequency.class, table, inputs);
        if (!frequencies.isEmpty()) {
            pieces.add(frequencies(frequencies));
        }
        return pieces.isEmpty() ? null : Piece.join(graph, pieces);
    }

    /** INT64 [rows, categories]; null when there is no category. */
    @Nullable
    String categories() {
        List<String> indices = new ArrayList<>();
        for (Fitted fitted : table.columns()) {
            if (fitted instanceof CategoryIndex index) {
                indices.add(lookUp(inputs.of(fitted), index.vocabulary().values(), 1, 0)); // [rows, 1]
            } else if (fitted instanceof Fitted.Index) {
                indices.add(inputs.of(fitted)); // [rows, 1], already an index
            }
        }
        return indices.isEmpty() ? null : graph.concat(indices);
    }

    /** 1 where the column's value is that of the place. */
    private Piece oneHot(List<Placed<OneHot>> columns) {
        List<String> found = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Integer> column = new ArrayList<>();
        List<Long> wanted = new ArrayList<>();
        for (Placed<OneHot> placed : columns) {
            List<String> values = placed.fitted().vocabulary().values();
            for (int i = 0; i < values.size(); i++) {
                places.add(placed.at() + i);
                column.add(found.size());
                wanted.add((long) i);
            }
            found.add(lookUp(placed.input(), values, 0, -1)); // [rows, 1]
        }
        String each = graph.columns(
                graph.concat(found),
                columns.size(),
                column.stream().mapToInt(i -> i).toArray()); // [rows, places]
        long[] row = wanted.stream().mapToLong(i -> i).toArray();
        String equal = graph.node("Equal", each, graph.longs(row, 1, row.length)); // BOOL [rows, places]
        return Piece.of(graph.cast(DataType.FLOAT, equal), places);
    }

    private Piece frequencies(List<Placed<Frequency>> columns) {
        List<String> shares = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (Placed<Frequency> placed : columns) {
            List<String> keys = new ArrayList<>();
            List<Float> values = new ArrayList<>();
            placed.fitted().shares().forEach((key, share) -> {
                keys.add(key);
                values.add(share.floatValue());
            });
            if (keys.isEmpty()) {
                keys.add("");
                values.add(0f);
            }
            shares.add(encoder(
                    placed.input(),
                    keys,
                    Attributes.floats("values_floats", values),
                    Attributes.number("default_float", 0)));
            places.add(placed.at());
        }
        return Piece.of(graph.concat(shares), places);
    }

    /** The place of each text among {@code values}, counted from {@code first}; {@code otherwise} for any other text. */
    private String lookUp(String texts, List<String> values, long first, long otherwise) {
        List<Long> places = values.isEmpty()
                ? List.of(otherwise)
                : LongStream.range(first, first + values.size()).boxed().toList();
        return encoder(
                texts,
                values.isEmpty() ? List.of("") : values, // the operator wants a key
                Attributes.longs("values_int64s", places),
                Attributes.of("default_int64", otherwise));
    }

    private String encoder(String texts, List<String> keys, AttributeProto... attributes) {
        List<AttributeProto> all = new ArrayList<>(List.of(Attributes.texts("keys_strings", keys)));
        Collections.addAll(all, attributes);
        return graph.node("LabelEncoder", all, texts);
    }
}
