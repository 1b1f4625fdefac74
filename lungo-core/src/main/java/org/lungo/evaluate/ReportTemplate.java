package org.lungo.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page that every report is written into; it holds everything that it shows. */
final class ReportTemplate {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private ReportTemplate() {}

    /**
     * A whole page.
     *
     * @param body in HTML; title and subtitle are plain text
     */
    static String filled(String title, String subtitle, String body, List<Chart> charts) {
        Map<String, String> values = Map.of(
                "title", Html.escape(title),
                "subtitle", Html.escape(subtitle),
                "body", body,
                "charts",
                        Html.json(Json.compact(charts.stream().map(Chart::toMap).toList())),
                "echarts", Html.script(resource(ECHARTS)));
        // One pass over the template, so that braces in a value are never taken for a placeholder.
        return PLACEHOLDER
                .matcher(resource("report.html"))
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    private static String resource(String name) {
        try (InputStream stream = ReportTemplate.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "expected " + name
                                + " on the classpath. Received: nothing; keep org.webjars:echarts:5.5.0 among the dependencies");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
