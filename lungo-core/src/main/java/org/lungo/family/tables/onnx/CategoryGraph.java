package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lungo.data.Spelling;
import org.lungo.preprocess.CategoryIndex;
import org.lungo.preprocess.Frequency;
import org.lungo.preprocess.OneHot;

/** What is done with categories, for all columns that are encoded in one way together. */
record CategoryGraph(Graph graph) {
    /** The place of each column's value in its vocabulary, from 1: INT64 [rows, 1] each. */
    List<Piece> indices(List<Placed<CategoryIndex>> columns) {
        return columns.stream()
                .map(column -> new Piece(
                        lookUp(column.input(), column.fitted().vocabulary().values(), 1, 0), column.at()))
                .toList();
    }

    /** 1 where the column's value is that of the place. */
    List<Piece> oneHot(List<Placed<OneHot>> columns) {
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
        return List.of(Piece.of(graph.cast(DataType.FLOAT, equal), places));
    }

    /** The share of each column's value. */
    List<Piece> frequencies(List<Placed<Frequency>> columns) {
        List<String> shares = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (Placed<Frequency> placed : columns) {
            List<String> keys = new ArrayList<>();
            List<Float> values = new ArrayList<>();
            spelled(placed.fitted().shares().map()).forEach((key, share) -> {
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
        return List.of(Piece.of(graph.concat(shares), places));
    }

    /** The place of each text among {@code values}, counted from {@code first}; {@code otherwise} for any other text. */
    private String lookUp(String texts, List<String> values, long first, long otherwise) {
        Map<String, Long> places = new LinkedHashMap<>();
        values.forEach(value -> places.put(value, first + places.size()));
        Map<String, Long> keys = values.isEmpty() ? Map.of("", otherwise) : spelled(places); // the operator wants a key
        return encoder(
                texts,
                List.copyOf(keys.keySet()),
                Attributes.longs("values_int64s", List.copyOf(keys.values())),
                Attributes.of("default_int64", otherwise));
    }

    /** The same, and for whole numbers the spelling with a fraction of 0 that programs write for them. */
    private static <V> Map<String, V> spelled(Map<String, V> values) {
        Map<String, V> all = new LinkedHashMap<>(values);
        values.forEach((key, value) -> {
            if (Spelling.of(key + ".0").equals(key)) {
                all.putIfAbsent(key + ".0", value);
            }
        });
        return all;
    }

    private String encoder(String texts, List<String> keys, AttributeProto... attributes) {
        List<AttributeProto> all = new ArrayList<>(List.of(Attributes.texts("keys_strings", keys)));
        Collections.addAll(all, attributes);
        return graph.node("LabelEncoder", all, texts);
    }
}
