package org.lungo.family.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.NumberColumn;
import org.lungo.data.Table;
import org.lungo.data.TextColumn;
import org.lungo.preprocess.FittedTarget;
import org.lungo.preprocess.Label;

/** The columns that a batch writes: the row's number, copied columns, the answer, the probabilities. */
final class AnswerTable {
    private static final String ROW = "row";
    private static final String PREDICTION = "prediction";
    private static final String PROBABILITY = "probability";

    private AnswerTable() {}

    /** The answers for {@code rows}, without their numbers. */
    static List<Column> answers(Predictor predictor, Table rows) {
        double[][] scores = predictor.scores(rows);
        FittedTarget target = predictor.target();
        return switch (target.task()) {
            case REGRESSION -> List.of(new NumberColumn(PREDICTION, column(scores, 0)));
            case MULTILABEL -> labels(scores, target);
            case BINARY, MULTICLASS -> classes(scores, target);
        };
    }

    /** The whole table: {@code numbers} of the rows after {@code earlier} ones. */
    static Table of(long earlier, long[] numbers, @Nullable Table kept, List<Column> answers) {
        double[] rows = new double[numbers.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = earlier + numbers[i];
        }
        List<Column> columns = new ArrayList<>(List.of(new NumberColumn(ROW, rows)));
        if (kept != null) {
            columns.addAll(kept.columns());
        }
        columns.addAll(answers);
        return Table.of(columns);
    }

    /** Names for copied columns that none of the answers has: {@code input_prediction} for {@code prediction}. */
    static List<String> free(Predictor predictor, List<String> kept) {
        List<String> answers = empty(predictor, List.of()).names();
        List<String> free = new ArrayList<>();
        for (String name : kept) {
            String own = name;
            while (answers.contains(own) || !own.equals(name) && kept.contains(own)) {
                own = "input_" + own;
            }
            free.add(own);
        }
        return free;
    }

    /**
     * The same columns without a row.
     *
     * @throws IllegalArgumentException when a copied column has the name of another
     */
    static Table empty(Predictor predictor, List<String> kept) {
        List<Column> none = kept.stream()
                .map(name -> (Column) new TextColumn(name, new String[0]))
                .toList();
        List<Column> answers = answers(
                predictor,
                Table.of(predictor.features().fields().stream()
                        .map(field -> field.kind().isNumeric()
                                ? new NumberColumn(field.name(), new double[0])
                                : new TextColumn(field.name(), new String[0]))
                        .toList()));
        for (Column column : answers) {
            refuse(kept, column.name());
        }
        refuse(kept, ROW);
        return of(0, new long[0], none.isEmpty() ? null : Table.of(none), answers);
    }

    private static void refuse(List<String> kept, String own) {
        if (kept.stream().anyMatch(own::equals)) {
            throw new IllegalArgumentException("the column '" + own
                    + "' cannot be kept: the output has one of this name; rename it, or name others with --keep");
        }
    }

    /** The types of the columns that are not what {@link Table} holds, in DuckDB's words. */
    static Map<String, String> types(Map<String, String> kept) {
        Map<String, String> types = new TreeMap<>(kept);
        types.put(ROW, "BIGINT");
        return types;
    }

    private static List<Column> labels(double[][] scores, FittedTarget target) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < target.labels().size(); i++) {
            Label label = target.labels().get(i);
            double[] probabilities = column(scores, i);
            String[] words = Arrays.stream(probabilities)
                    .mapToObj(p -> label.word(target.has(p)))
                    .toArray(String[]::new);
            columns.add(new TextColumn(PREDICTION + "_" + label.column(), words));
            columns.add(new NumberColumn(PROBABILITY + "_" + label.column(), probabilities));
        }
        return columns;
    }

    private static List<Column> classes(double[][] scores, FittedTarget target) {
        List<String> classes = target.classes();
        String[] words = Arrays.stream(scores)
                .map(row -> classes.get(target.decide(row)))
                .toArray(String[]::new);
        List<Column> columns = new ArrayList<>(List.of(new TextColumn(PREDICTION, words)));
        for (int i = 0; i < classes.size(); i++) {
            columns.add(new NumberColumn(PROBABILITY + "_" + classes.get(i), column(scores, i)));
        }
        return columns;
    }

    private static double[] column(double[][] scores, int index) {
        double[] values = new double[scores.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = scores[row][index];
        }
        return values;
    }
}
