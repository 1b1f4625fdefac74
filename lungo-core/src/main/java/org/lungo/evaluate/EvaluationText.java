package org.lungo.evaluate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Task;

/** An evaluation as fixed-width text. */
final class EvaluationText {
    private static final int WIDEST_NAME = 30;

    /** A larger confusion matrix does not fit a terminal; it is in the JSON and the report. */
    private static final int LARGEST_MATRIX = 12;

    private final StringBuilder text = new StringBuilder();

    private EvaluationText() {}

    static String of(Evaluation evaluation) {
        EvaluationText text = new EvaluationText();
        text.evaluation(evaluation);
        return text.text.toString();
    }

    static String of(EvaluationResult result) {
        EvaluationText text = new EvaluationText();
        text.evaluation(result.evaluation());
        if (result.folds() != null) {
            text.folds(result.folds());
        }
        if (!result.gates().isEmpty()) {
            text.gates(result.gates());
        }
        return text.text.toString();
    }

    private void evaluation(Evaluation evaluation) {
        if (evaluation.detail().table() != null) {
            table(evaluation.detail().table(), evaluation);
        }
        metrics(evaluation);
        if (evaluation.detail().confusion() != null) {
            confusion(evaluation.detail().confusion(), evaluation.detail().classes());
        }
        evaluation.notices().forEach(notice -> line("notice: %s", notice));
    }

    private void folds(CrossValidation folds) {
        line("");
        text.append(folds.toText());
    }

    private void gates(List<Gates.Outcome> gates) {
        line("");
        line("%-24s %10s  %-22s", "gate", "value", "required");
        for (Gates.Outcome gate : gates) {
            double value = gate.value() == null ? Double.NaN : gate.value();
            line(
                    "%-24s %10s  %-22s %s",
                    gate.metric(), number(value), gate.required(), gate.passed() ? "" : "not reached");
        }
    }

    private void table(ClassTable table, Evaluation evaluation) {
        int width = width(table);
        line("%" + width + "s  %9s %9s %9s %9s", "", "precision", "recall", "f1-score", "support");
        line("");
        table.rows().forEach(row -> row(width, row));
        line("");
        @Nullable Confusion matrix = evaluation.detail().confusion();
        if (matrix != null) {
            double accuracy = Confusion.ratio(matrix.correct(), matrix.total());
            line("%" + width + "s  %9s %9s %9s %9d", "accuracy", "", "", number(accuracy), evaluation.rows());
        }
        table.averages().forEach(row -> row(width, row));
        line("");
    }

    private static int width(ClassTable table) {
        int width = "weighted avg".length();
        for (ClassTable.Line line : table.rows()) {
            width = Math.max(width, Math.min(WIDEST_NAME, line.name().length()));
        }
        return width;
    }

    private void row(int width, ClassTable.Line row) {
        line(
                "%" + width + "s  %9s %9s %9s %9d",
                shortened(row.name()),
                number(row.precision()),
                number(row.recall()),
                number(row.f1()),
                row.support());
    }

    private void metrics(Evaluation evaluation) {
        Evaluation.Scores scores = evaluation.scores();
        line("%-24s %10s  %-22s %10s", "", "value", "95% interval", "baseline");
        scores.metrics().forEach((name, value) -> {
            Interval interval = scores.intervals().getOrDefault(name, Interval.UNDEFINED);
            line(
                    "%-24s %10s  %-22s %10s",
                    name,
                    number(value),
                    interval.isDefined() ? "[" + number(interval.low()) + ", " + number(interval.high()) + "]" : "",
                    number(scores.baseline().getOrDefault(name, Double.NaN)));
        });
        line("");
        line("rows: %d; baseline: %s", evaluation.rows(), scores.trivialAnswer());
        double threshold = evaluation.detail().threshold();
        if (evaluation.task() == Task.BINARY && threshold != Predictions.EVEN_THRESHOLD) {
            line(
                    "threshold: '%s' from a probability of %s on",
                    evaluation.detail().classes().get(1), number(threshold));
        }
        if (evaluation.detail().calibration() != null) {
            line(
                    "calibration: probabilities are off by %.1f points on average (%s)",
                    100 * evaluation.detail().calibration().error(),
                    Count.of(evaluation.detail().calibration().bins().size(), "bin"));
        }
    }

    private void confusion(Confusion matrix, List<String> classes) {
        if (matrix.size() > LARGEST_MATRIX) {
            return;
        }
        line("");
        line("confusion (rows: actual, columns: predicted)");
        StringBuilder header = new StringBuilder(" ".repeat(16));
        classes.forEach(name -> header.append(String.format(Locale.ROOT, " %10.10s", name)));
        line("%s", header);
        for (int actual = 0; actual < matrix.size(); actual++) {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%16.16s", classes.get(actual)));
            for (long count : matrix.counts()[actual]) {
                row.append(String.format(Locale.ROOT, " %10d", count));
            }
            line("%s", row);
        }
    }

    /** Four decimals for shares, five digits for larger numbers, a dash for what is undefined. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 || value == 0 ? "%.4f" : "%.1f", value);
    }

    private static String shortened(String name) {
        return name.length() <= WIDEST_NAME ? name : name.substring(0, WIDEST_NAME - 1) + "…";
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
