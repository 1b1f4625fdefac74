package org.lungo.family.tables.training;

import java.util.ArrayList;
import java.util.List;
import org.lungo.data.Column;
import org.lungo.data.NumberColumn;
import org.lungo.data.Table;
import org.lungo.data.Task;
import org.lungo.data.TextColumn;
import org.lungo.evaluate.Predictions;
import org.lungo.preprocess.Label;

/** What a model said about the test rows and what was true, as columns. */
final class PredictionTable {
    private PredictionTable() {}

    /** {@code labels}: of a multi-label task, else empty. */
    static Table of(Predictions predictions, List<Label> labels) {
        List<Column> columns = new ArrayList<>();
        if (predictions.task() == Task.REGRESSION) {
            columns.add(new NumberColumn("target", predictions.targetsOf(0)));
            columns.add(new NumberColumn("prediction", predictions.scoresOf(0)));
            return Table.of(columns);
        }
        if (labels.isEmpty()) {
            classes(predictions, columns);
        }
        for (int i = 0; i < labels.size(); i++) {
            Label label = labels.get(i);
            double[] probabilities = predictions.scoresOf(i);
            double threshold = predictions.threshold();
            columns.add(words("target_", label, predictions.targetsOf(i), 1));
            columns.add(words("prediction_", label, probabilities, threshold));
            columns.add(new NumberColumn("probability_" + label.column(), probabilities));
        }
        return Table.of(columns);
    }

    private static void classes(Predictions predictions, List<Column> columns) {
        String[] names = new String[predictions.rows()];
        String[] decided = new String[predictions.rows()];
        for (int row = 0; row < names.length; row++) {
            names[row] = predictions.classes().get(predictions.target(row));
            decided[row] = predictions.classes().get(predictions.decision(row));
        }
        columns.add(new TextColumn("target", names));
        columns.add(new TextColumn("prediction", decided));
        for (int i = 0; i < predictions.classes().size(); i++) {
            columns.add(new NumberColumn("probability_" + predictions.classes().get(i), predictions.scoresOf(i)));
        }
    }

    private static Column words(String prefix, Label label, double[] values, double threshold) {
        String[] words = new String[values.length];
        for (int row = 0; row < words.length; row++) {
            words[row] = label.word(values[row] >= threshold);
        }
        return new TextColumn(prefix + label.column(), words);
    }
}
