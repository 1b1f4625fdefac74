package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lungo.data.Task;

/** The body of the report, section by section. */
final class ReportPage {
    private static final int CARDS = 5;

    /** A larger matrix is no longer readable; its most frequent mistakes are listed instead. */
    private static final int LARGEST_MATRIX = 20;

    private static final int MISTAKES = 20;

    private final StringBuilder html = new StringBuilder();

    private ReportPage() {}

    static String body(Report report, List<Chart> charts) {
        ReportPage page = new ReportPage();
        Evaluation evaluation = report.evaluation();
        page.summary(evaluation);
        page.metrics(evaluation);
        page.charts("Charts", charts);
        if (evaluation.detail().table() != null) {
            page.classes(evaluation.detail().table());
        }
        if (evaluation.detail().confusion() != null) {
            page.confusion(evaluation.detail().confusion(), evaluation.detail().classes());
        }
        if (report.folds() != null) {
            page.html.append(folds(report.folds()));
        }
        page.notes("Notes on the data", report.dataNotes());
        page.provenance(report.provenance());
        return page.html.toString();
    }

    private void summary(Evaluation evaluation) {
        html.append("<section aria-label=\"Summary\">\n");
        List<String> sentences = ReportWords.sentences(evaluation);
        html.append("<p class=\"lead\">").append(Html.escape(sentences.get(0))).append("</p>\n");
        html.append(ReportWords.verdict(ReportWords.beatsBaseline(evaluation), evaluation.headline()));
        sentences.stream()
                .skip(1)
                .forEach(one -> html.append("<p>").append(Html.escape(one)).append("</p>\n"));
        html.append("<ul class=\"cards\">\n");
        evaluation.metrics().entrySet().stream()
                .limit(CARDS)
                .forEach(metric -> html.append(card(
                        metric.getKey(),
                        metric.getValue(),
                        evaluation.scores().intervals().getOrDefault(metric.getKey(), Interval.UNDEFINED),
                        evaluation.scores().baseline().getOrDefault(metric.getKey(), Double.NaN))));
        html.append("</ul>\n</section>\n");
        notes("Read with care", evaluation.notices());
    }

    /** A value with its interval and the baseline, as an item of a list. */
    static String card(String name, double value, Interval interval, double baseline) {
        return "<li><span>%s</span><b>%s</b><span>95%%: %s</span><span>baseline %s</span></li>\n"
                .formatted(Html.escape(name), ReportWords.number(value), range(interval), ReportWords.number(baseline));
    }

    private void metrics(Evaluation evaluation) {
        Evaluation.Scores scores = evaluation.scores();
        List<List<String>> rows = new ArrayList<>();
        scores.metrics()
                .forEach((name, value) -> rows.add(List.of(
                        name,
                        ReportWords.number(value),
                        range(scores.intervals().getOrDefault(name, Interval.UNDEFINED)),
                        ReportWords.number(scores.baseline().getOrDefault(name, Double.NaN)),
                        scores.directions()
                                .getOrDefault(name, Direction.HIGHER)
                                .name()
                                .toLowerCase(Locale.ROOT),
                        ReportWords.meaning(name))));
        heading("All numbers");
        html.append(Html.table(
                "Metrics with 95% bootstrap intervals; baseline: " + scores.trivialAnswer(),
                List.of("metric", "value", "95% interval", "baseline", "better", "meaning"),
                rows));
        if (evaluation.task() == Task.BINARY && evaluation.detail().threshold() != Predictions.EVEN_THRESHOLD) {
            html.append("<p class=\"soft\">A row is predicted positive at a probability of ")
                    .append(ReportWords.number(evaluation.detail().threshold()))
                    .append(" or more.</p>\n");
        }
    }

    private void charts(String title, List<Chart> charts) {
        if (!charts.isEmpty()) {
            heading(title);
            html.append("<div class=\"charts\">\n");
            charts.forEach(chart -> html.append(chart.toHtml()));
            html.append("</div>\n");
        }
    }

    private void classes(ClassTable table) {
        List<List<String>> rows = new ArrayList<>();
        for (List<ClassTable.Line> part : List.of(table.rows(), table.averages())) {
            for (ClassTable.Line line : part) {
                rows.add(List.of(
                        line.name(),
                        ReportWords.number(line.precision()),
                        ReportWords.number(line.recall()),
                        ReportWords.number(line.f1()),
                        ReportWords.number(line.support())));
            }
        }
        heading("Class by class");
        html.append(
                Html.table("Precision, recall and F1", List.of("class", "precision", "recall", "f1", "rows"), rows));
    }

    private void confusion(Confusion matrix, List<String> classes) {
        heading("Confusion matrix");
        if (matrix.size() > LARGEST_MATRIX) {
            mistakes(matrix, classes);
            return;
        }
        html.append("""
                <p class="soft">Rows are true classes, columns predicted classes; the stronger the colour, the larger the share of the row.</p>
                <div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix">
                <table class="matrix" aria-label="Confusion matrix"><thead><tr><td></td>
                """);
        classes.forEach(name ->
                html.append("<th scope=\"col\">").append(Html.escape(name)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        for (int actual = 0; actual < matrix.size(); actual++) {
            html.append("<tr><th scope=\"row\">")
                    .append(Html.escape(classes.get(actual)))
                    .append("</th>");
            long support = Math.max(1, matrix.support(actual));
            for (long count : matrix.counts()[actual]) {
                html.append(String.format(
                        Locale.ROOT, "<td style=\"--share: %.3f\">%,d</td>", (double) count / support, count));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    private void mistakes(Confusion matrix, List<String> classes) {
        record Mistake(String actual, String decided, long rows) {}
        List<Mistake> all = new ArrayList<>();
        for (int actual = 0; actual < matrix.size(); actual++) {
            for (int decided = 0; decided < matrix.size(); decided++) {
                if (actual != decided && matrix.counts()[actual][decided] > 0) {
                    all.add(new Mistake(classes.get(actual), classes.get(decided), matrix.counts()[actual][decided]));
                }
            }
        }
        all.sort(Comparator.comparingLong(Mistake::rows).reversed());
        List<List<String>> rows = all.stream()
                .limit(MISTAKES)
                .map(one -> List.of(one.actual(), one.decided(), ReportWords.number(one.rows())))
                .toList();
        html.append(Html.table("The most frequent mistakes", List.of("true class", "predicted class", "rows"), rows));
    }

    /** The section of a cross-validation. */
    static String folds(CrossValidation folds) {
        List<List<String>> rows = new ArrayList<>();
        folds.mean().forEach((metric, mean) -> {
            List<String> row = new ArrayList<>(List.of(
                    metric,
                    ReportWords.number(mean),
                    ReportWords.number(folds.std().getOrDefault(metric, Double.NaN))));
            folds.folds().forEach(fold -> row.add(ReportWords.number(fold.getOrDefault(metric, Double.NaN))));
            rows.add(row);
        });
        List<String> headers = new ArrayList<>(List.of("metric", "mean", "std"));
        for (int fold = 1; fold <= folds.folds().size(); fold++) {
            headers.add("fold " + fold);
        }
        ReportPage page = new ReportPage();
        page.heading("Cross-validation");
        page.html.append(Html.table(
                "Every fold's model is trained on the other folds only; std is the sample standard deviation",
                headers,
                rows));
        page.notes("", folds.notices());
        return page.html.toString();
    }

    private void provenance(Map<String, String> provenance) {
        if (!provenance.isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            provenance.forEach((name, value) -> rows.add(List.of(name, value)));
            heading("Where it comes from");
            html.append(Html.table("Settings and provenance", List.of("what", "value"), rows));
        }
    }

    private void notes(String title, List<String> notes) {
        if (!notes.isEmpty()) {
            if (!title.isEmpty()) {
                heading(title);
            }
            html.append("<ul>\n");
            notes.forEach(note -> html.append("<li>").append(Html.escape(note)).append("</li>\n"));
            html.append("</ul>\n");
        }
    }

    private void heading(String title) {
        html.append("<h2>").append(Html.escape(title)).append("</h2>\n");
    }

    /** The ends of an interval; a dash where there is none. */
    static String range(Interval interval) {
        return interval.isDefined()
                ? ReportWords.number(interval.low()) + "\u00a0to\u00a0" + ReportWords.number(interval.high())
                : "-";
    }
}
