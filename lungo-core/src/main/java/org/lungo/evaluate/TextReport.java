package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code report.html} of a model of texts: the headline figures with their baseline and gates, the learning curves, and
 * what the model says. The page holds everything it shows, so it can be mailed and opened without a network.
 *
 * @param data the name of the data
 * @param history one map per epoch, with {@code loss}, {@code val_loss} and what else was recorded
 * @param notes remarks on the data for the reader of the report
 * @param examples what the model says of texts that it was not trained on
 * @param provenance where the model comes from, shown as a table in this order
 */
public record TextReport(
        String data,
        Judged judged,
        List<Map<String, Double>> history,
        List<String> notes,
        List<Examples> examples,
        Map<String, String> provenance)
        implements HtmlReport {
    /**
     * A table of examples.
     *
     * @param caption what they are, in a sentence
     * @param columns their headings; the first names the row
     */
    public record Examples(String title, String caption, List<String> columns, List<List<String>> rows) {}

    @Override
    public String toHtml() {
        Summary summary = judged.summary();
        List<Chart> charts = ReportCharts.learning(history, 0);
        StringBuilder body = new StringBuilder();
        body.append("<section aria-label=\"Summary\">\n<p class=\"lead\">")
                .append(Html.escape(
                        judged.measured().toText().lines().findFirst().orElse("")))
                .append("</p>\n");
        verdict(body);
        cards(body, summary);
        body.append("</section>\n");
        numbers(body);
        if (!charts.isEmpty()) {
            heading(body, "Charts");
            body.append("<div class=\"charts\">\n");
            charts.forEach(chart -> body.append(chart.toHtml()));
            body.append("</div>\n");
        }
        for (Examples some : examples) {
            heading(body, some.title());
            body.append(Html.table(some.caption(), some.columns(), some.rows()));
        }
        if (!notes.isEmpty()) {
            heading(body, "Notes on the data");
            body.append("<ul>\n");
            notes.forEach(note -> body.append("<li>").append(Html.escape(note)).append("</li>\n"));
            body.append("</ul>\n");
        }
        heading(body, "Where it comes from");
        List<List<String>> origin = new ArrayList<>();
        provenance.forEach((name, value) -> origin.add(List.of(name, value)));
        body.append(Html.table("Settings and provenance", List.of("what", "value"), origin));
        String subtitle = String.format(
                Locale.ROOT, "Measured on %,d %s that it was not trained on.", summary.rows(), summary.unit());
        return ReportTemplate.filled(title(summary.family()), subtitle, body.toString(), charts);
    }

    private String title(String family) {
        return family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1) + " from " + data;
    }

    private void verdict(StringBuilder body) {
        Summary summary = judged.summary();
        body.append(ReportWords.verdict(summary.beatsBaseline(), summary.headline()));
        for (Gates.Outcome gate : judged.gates()) {
            body.append(
                            gate.passed()
                                    ? "<p class=\"verdict good\">Gate reached: "
                                    : "<p class=\"verdict bad\">Gate not reached: ")
                    .append(Html.escape(gate.message()))
                    .append("</p>\n");
        }
    }

    private void numbers(StringBuilder body) {
        heading(body, "All numbers");
        body.append(Html.table(
                "Measured on data that was not trained on, with 95% bootstrap intervals; baseline: an answer without a network",
                List.of("metric", "value", "95% interval", "baseline", "meaning"), numbers()));
        CrossValidation folds = judged.folds();
        if (folds != null) {
            body.append(ReportPage.folds(folds));
        }
    }

    private static void cards(StringBuilder body, Summary summary) {
        body.append("<ul class=\"cards\">\n");
        summary.metrics()
                .forEach((name, value) ->
                        body.append(ReportPage.card(name, value, summary.interval(name), summary.baseline(name))));
        body.append("</ul>\n");
    }

    private List<List<String>> numbers() {
        Summary summary = judged.summary();
        List<List<String>> rows = new ArrayList<>();
        summary.metrics()
                .forEach((name, value) -> rows.add(List.of(
                        name,
                        ReportWords.number(value),
                        ReportPage.range(summary.interval(name)),
                        ReportWords.number(summary.baseline(name)),
                        ReportWords.meaning(name))));
        return rows;
    }

    private static void heading(StringBuilder body, String title) {
        body.append("<h2>").append(Html.escape(title)).append("</h2>\n");
    }
}
