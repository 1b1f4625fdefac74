package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The charts of a report, in reading order. */
final class ReportCharts {
    private static final String VALIDATION = "val_";
    private static final int CURVES = 4;
    private static final int FEATURES = 20;
    private static final Set<String> NOT_DRAWN = Set.of("epoch", "epochs", "step", "elapsed_s", "samples_per_s");

    /** Metrics that are between 0 and 1. */
    private static final Set<String> SHARES = Set.of(
            "accuracy",
            "balanced_accuracy",
            "precision",
            "recall",
            "f1",
            "roc_auc",
            "pr_auc",
            "ece",
            "jaccard",
            "hamming_loss",
            "label_ranking_average_precision");

    private final Report report;
    private final List<Chart> charts = new ArrayList<>();

    private ReportCharts(Report report) {
        this.report = report;
    }

    static List<Chart> of(Report report) {
        ReportCharts all = new ReportCharts(report);
        Detail detail = report.evaluation().detail();
        if (!detail.curves().isEmpty()) {
            all.curves(detail.curves());
        }
        if (detail.calibration() != null) {
            all.calibration(detail.calibration());
        }
        if (detail.residuals() != null) {
            all.residuals(detail.residuals());
        }
        all.importance();
        all.charts.addAll(learning(report.history(), all.charts.size()));
        return all.charts;
    }

    private void curves(Map<String, Detail.Curves> curves) {
        List<Chart.Series> roc = new ArrayList<>();
        List<Chart.Series> precisionRecall = new ArrayList<>();
        curves.forEach((name, curve) -> {
            roc.add(Chart.Series.of(name, curve.roc().x(), curve.roc().y()));
            precisionRecall.add(Chart.Series.of(
                    name, curve.precisionRecall().x(), curve.precisionRecall().y()));
        });
        roc.add(Chart.Series.line("guessing", 0, 0, 1, 1));
        charts.add(new Chart(
                "roc",
                "ROC curve",
                "The share of positives found against the share of negatives picked by mistake, over all thresholds. The further the curve is"
                        + " above the dashed line of guessing, the better.",
                new Chart.Axes("line", "false positive rate", "true positive rate", true),
                List.of(),
                roc));
        charts.add(new Chart(
                "precision-recall",
                "Precision and recall",
                "The more positives the model finds, the more of its picks are mistakes. A curve close to the top right is good.",
                new Chart.Axes("line", "recall", "precision", true),
                List.of(),
                precisionRecall));
    }

    private void calibration(Calibration calibration) {
        double[][] bins = calibration.bins().stream()
                .map(bin -> new double[] {bin.confidence(), bin.hits(), bin.rows()})
                .toArray(double[][]::new);
        charts.add(new Chart(
                "calibration",
                "Calibration",
                "Do probabilities match what happens? On the dashed line, 80% of the answers with a probability of 80%"
                        + " come true. Below the line the model is overconfident. At each point stands the number of answers"
                        + " behind it: of few, the share may be chance.",
                new Chart.Axes("dots", "predicted probability", "share that comes true", true),
                List.of(),
                List.of(new Chart.Series("model", bins, false), Chart.Series.line("perfect", 0, 0, 1, 1))));
    }

    private void residuals(Residuals residuals) {
        double low = Arrays.stream(residuals.actual()).min().orElse(0);
        double high = Arrays.stream(residuals.actual()).max().orElse(1);
        charts.add(new Chart(
                "predicted",
                "Predicted and true values",
                "Every point is a row (at most 1,000 are drawn). On the dashed line the prediction is exact.",
                new Chart.Axes("scatter", "true value", "predicted value", false),
                List.of(),
                List.of(
                        Chart.Series.of("rows", residuals.actual(), residuals.predicted()),
                        Chart.Series.line("right", low, low, high, high))));
        List<String> labels = new ArrayList<>();
        double[] index = new double[residuals.counts().length];
        for (int bin = 0; bin < index.length; bin++) {
            double middle = (residuals.edges()[bin] + residuals.edges()[bin + 1]) / 2;
            labels.add(ReportWords.number(middle));
            index[bin] = bin;
        }
        double[] rows = Arrays.stream(residuals.counts()).asDoubleStream().toArray();
        charts.add(new Chart(
                "residuals",
                "Errors",
                "The number of rows for each size of the error. Right of zero the prediction was too high. The outermost bars hold"
                        + " everything beyond them.",
                new Chart.Axes("histogram", "predicted minus true", "rows", false),
                labels,
                List.of(Chart.Series.of("rows", index, rows))));
    }

    private void importance() {
        List<PermutationImportance.Importance> shown = report.importance()
                .subList(0, Math.min(FEATURES, report.importance().size()));
        if (shown.isEmpty()) {
            return;
        }
        double[] index = new double[shown.size()];
        Arrays.setAll(index, i -> i);
        double[] mean = shown.stream()
                .mapToDouble(PermutationImportance.Importance::mean)
                .toArray();
        charts.add(new Chart(
                "importance",
                "What the model relies on",
                "How much worse the model becomes when one column is shuffled. "
                        + (mean[0] > 0
                                ? "'" + shown.get(0).feature() + "' matters most."
                                : "Here it does not become worse for any column.")
                        + " Columns with the same information share their importance.",
                new Chart.Axes("bars", "loss of quality", "importance", false),
                shown.stream().map(PermutationImportance.Importance::feature).toList(),
                List.of(Chart.Series.of("importance", index, mean))));
    }

    /**
     * One chart per quantity that was recorded for training and validation, and the loss in any case.
     *
     * @param history one map per epoch
     * @param before how many charts the page has already
     */
    static List<Chart> learning(List<Map<String, Double>> history, int before) {
        Set<String> names = new LinkedHashSet<>();
        history.forEach(epoch -> names.addAll(epoch.keySet()));
        List<String> drawn = names.stream()
                .map(name -> name.startsWith(VALIDATION) ? name.substring(VALIDATION.length()) : name)
                .distinct()
                .filter(name -> !NOT_DRAWN.contains(name))
                .filter(name -> name.equals("loss") || names.contains(VALIDATION + name))
                .sorted(Comparator.comparing(name -> !name.equals("loss")))
                .limit(CURVES)
                .toList();
        List<Chart> charts = new ArrayList<>();
        drawn.forEach(name -> charts.add(learning(history, name, before + charts.size())));
        return charts;
    }

    private static Chart learning(List<Map<String, Double>> history, String name, int number) {
        List<Chart.Series> series = new ArrayList<>();
        for (String key : List.of(name, VALIDATION + name)) {
            List<double[]> points = new ArrayList<>();
            for (int epoch = 0; epoch < history.size(); epoch++) {
                @Nullable Double value = history.get(epoch).get(key);
                if (value != null && Double.isFinite(value)) {
                    points.add(new double[] {epoch + 1, value});
                }
            }
            if (!points.isEmpty()) {
                series.add(new Chart.Series(
                        key.equals(name) ? "training" : "validation", points.toArray(double[][]::new), false));
            }
        }
        return new Chart(
                "history-" + number,
                "Learning: " + name,
                "Over the epochs of training. When the validation line turns away from the training line, the model"
                        + " begins to overfit: it memorises the training data.",
                new Chart.Axes("epochs", "epoch", name, SHARES.contains(name)),
                List.of(),
                series);
    }
}
