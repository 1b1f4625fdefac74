package org.lungo.family.tables.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.lungo.preprocess.Fitted;
import org.lungo.preprocess.FittedTable;

/**
 * The inputs of a graph: one for each column, by the column's name unless that is taken.
 *
 * @param names the inputs by column
 */
record RawColumns(
        Map<String, String> names, List<OnnxDescription.Input> inputs, List<OnnxDescription.Outside> outside) {
    private static final Set<String> OUTPUTS = Set.of(AnswerGraph.PROBABILITIES, AnswerGraph.VALUE, AnswerGraph.LABEL);

    /** Declares the raw columns of {@code table} as inputs of {@code graph}. */
    static RawColumns declare(Graph graph, FittedTable table) {
        RawColumns columns = new RawColumns(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        Set<String> taken = new HashSet<>(OUTPUTS);
        table.columns().forEach(fitted -> taken.add(fitted.column()));
        for (Fitted fitted : table.columns()) {
            String column = fitted.column();
            String name = column;
            if (OUTPUTS.contains(column) || column.startsWith("/") || column.isBlank()) {
                do {
                    name = "column " + name;
                } while (!taken.add(name));
            }
            columns.declare(graph, fitted, name);
        }
        return columns;
    }

    private void declare(Graph graph, Fitted fitted, String name) {
        names.put(fitted.column(), name);
        ColumnExport<?> export = ColumnExport.of(fitted);
        DataType type = export.input().type();
        String meaning = export.meaning(fitted);
        graph.input(name, type);
        String word = type.name().toLowerCase(Locale.ROOT);
        inputs.add(new OnnxDescription.Input(name, fitted.column(), word, List.of("batch", 1), meaning));
        if (export.input().outside()) {
            outside.add(new OnnxDescription.Outside(fitted.column(), meaning));
        }
    }

    /** The input of a column. */
    String of(Fitted fitted) {
        return Objects.requireNonNull(names.get(fitted.column()));
    }
}
