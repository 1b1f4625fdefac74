package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One chart of the report. The page draws it; its summary and its table say the same without drawing.
 *
 * @param id of the element it is drawn into
 * @param summary what the reader should see in it, in one or two sentences
 * @param labels of the categories, for bars and histograms; else empty
 */
record Chart(String id, String title, String summary, Axes axes, List<String> labels, List<Series> series) {
    private static final int TABLE_ROWS = 25;

    /**
     * How it is drawn: {@code line}, {@code epochs} (a line over whole numbers), {@code dots}, {@code scatter}, {@code bars}
     * or {@code histogram}.
     *
     * @param unit whether values are between 0 and 1, on both axes, or over epochs on that of {@code y}
     */
    record Axes(String kind, String x, String y, boolean unit) {}

    /**
     * Points of one name.
     *
     * @param points each x, y and, where it matters, the number of rows behind it
     * @param reference drawn as a thin dashed line to compare with
     */
    record Series(String name, double[][] points, boolean reference) {
        static Series of(String name, double[] x, double[] y) {
            double[][] points = new double[x.length][];
            Arrays.setAll(points, i -> new double[] {x[i], y[i]});
            return new Series(name, points, false);
        }

        static Series line(String name, double x0, double y0, double x1, double y1) {
            return new Series(name, new double[][] {{x0, y0}, {x1, y1}}, true);
        }
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("kind", axes.kind());
        map.put("x", axes.x());
        map.put("y", axes.y());
        map.put("unit", axes.unit());
        map.put("labels", labels);
        map.put("series", series);
        return map;
    }

    String toHtml() {
        String spoken = Html.escape(title + ". " + summary);
        return """
                <figure aria-labelledby="%1$s-title">
                <figcaption><h3 id="%1$s-title">%2$s</h3><p>%3$s</p></figcaption>
                <div class="chart" id="%1$s" role="img" aria-label="%4$s"></div>
                <details><summary>The same as a table</summary>
                %5$s</details>
                </figure>
                """.formatted(id, Html.escape(title), Html.escape(summary), spoken, table());
    }

    private String table() {
        List<List<String>> rows = new ArrayList<>();
        for (Series one : series) {
            int points = one.points().length;
            int shown = labels.isEmpty() ? Math.min(TABLE_ROWS, points) : points;
            for (int i = 0; i < shown && !one.reference(); i++) {
                // Evenly spaced, the first and the last among them.
                int at = shown == 1 ? 0 : (int) Math.round((double) i * (points - 1) / (shown - 1));
                String x = labels.isEmpty() ? ReportWords.number(one.points()[at][0]) : labels.get(at);
                List<String> row = new ArrayList<>(List.of(one.name(), x, ReportWords.number(one.points()[at][1])));
                if (isCounted()) {
                    row.add(ReportWords.number(one.points()[at][2]));
                }
                rows.add(row);
            }
        }
        List<String> header = new ArrayList<>(List.of("", axes.x(), axes.y()));
        if (isCounted()) {
            header.add("answers");
        }
        return Html.table(title, header, rows);
    }

    /** Whether the number of rows stands behind each point. */
    private boolean isCounted() {
        return series.stream().anyMatch(one -> one.points().length > 0 && one.points()[0].length > 2);
    }
}
