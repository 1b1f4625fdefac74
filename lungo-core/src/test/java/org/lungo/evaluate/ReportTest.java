package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.data.Task;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>{{body}}$1\\\"'";

    private static Report full(Predictions predictions) {
        Evaluation evaluation = EvaluationTest.evaluate(predictions);
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("data", HOSTILE);
        return new Report(
                HOSTILE,
                evaluation,
                List.of(Map.of("loss", 0.7, "val_loss", 0.8), Map.of("loss", 0.5, "val_loss", 0.6)),
                List.of(new PermutationImportance.Importance(HOSTILE, 0.1, 0.01)),
                List.of("12 duplicate rows " + HOSTILE),
                provenance,
                CrossValidation.of(List.of(evaluation.metrics(), evaluation.metrics())));
    }

    /** The page without the contents of its scripts. */
    private static String markup(String html) {
        return Pattern.compile("(<script[^>]*>).*?</script>", Pattern.DOTALL)
                .matcher(html)
                .replaceAll("$1");
    }

    private static JsonNode charts(String html) {
        Matcher island = Pattern.compile(
                        "<script type=\"application/json\" id=\"charts\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);
        assertThat(island.find()).isTrue();
        return JsonMapper.shared().readTree(island.group(1));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void hasATableAndWordsForEveryChart(Task task) {
        String html = full(Samples.random(task, 90, task == Task.BINARY ? 2 : 3, 20, 1))
                .toHtml();
        JsonNode charts = charts(html);
        assertThat(charts.size()).isGreaterThanOrEqualTo(4);
        for (JsonNode chart : charts) {
            assertThat(html)
                    .contains(
                            "<div class=\"chart\" id=\"" + chart.get("id").asString() + "\" role=\"img\" aria-label=");
        }
        JsonNode learning = charts.get(charts.size() - 1);
        assertThat(learning.get("kind").asString()).isEqualTo("epochs");
        assertThat(html.split("<summary>The same as a table</summary>", -1)).hasSize(charts.size() + 1);
        assertThat(html).contains("Cross-validation", "Notes on the data", "Where it comes from", "95% sure");
    }

    @Test
    void namesTheColumnThatMattersMostOnlyWhereOneMatters() {
        assertThat(charting(0.1)).contains("'age' matters most.");
        assertThat(charting(0)).doesNotContain("matters most").contains("does not become worse for any column.");
    }

    private static String charting(double importance) {
        return new Report(
                        "columns",
                        EvaluationTest.evaluate(Samples.random(Task.BINARY, 50, 2, 20, 1)),
                        List.of(),
                        List.of(
                                new PermutationImportance.Importance("age", importance, 0),
                                new PermutationImportance.Importance("plan", 0, 0)),
                        List.of(),
                        Map.of(),
                        null)
                .toHtml()
                .replace("&#39;", "'");
    }

    @Test
    void showsHowManyAnswersStandBehindAPointOfCalibration() {
        JsonNode charts =
                charts(full(Samples.random(Task.BINARY, 50, 2, 1000, 1)).toHtml());
        JsonNode points = null;
        for (JsonNode chart : charts) {
            if (chart.get("id").asString().equals("calibration")) {
                points = chart.get("series").get(0).get("points");
            }
        }
        assertThat(points).isNotNull().hasSize(2);
        assertThat(points.get(0).get(2).asInt() + points.get(1).get(2).asInt()).isEqualTo(50);
        assertThat(full(Samples.random(Task.BINARY, 50, 2, 1000, 1)).toHtml()).contains(">answers</th>");
    }

    @Test
    void learningOfAShareStaysBetweenZeroAndOne() {
        List<Chart> charts = ReportCharts.learning(
                List.of(
                        Map.of("loss", 1.0, "val_accuracy", 0.5, "val_rmse", 0.5),
                        Map.of("loss", 0.5, "val_accuracy", 1.0, "val_rmse", 0.4)),
                0);
        assertThat(charts.stream()
                        .map(chart -> chart.axes().y() + " " + chart.axes().unit()))
                .containsExactlyInAnyOrder("loss false", "accuracy true", "rmse false");
        assertThat(charts).allMatch(chart -> chart.axes().kind().equals("epochs"));
    }

    @Test
    void needsNoNetwork() {
        String html = full(Samples.random(Task.BINARY, 50, 2, 20, 1)).toHtml();
        assertThat(html).contains("default-src 'none'");
        assertThat(markup(html)).doesNotContainPattern("(?i)<(link|img|iframe)|src=\"|@import|url\\(");
        assertThat(html).contains("Apache Software Foundation");
    }

    @Test
    void escapesWhatComesFromOutside() {
        Predictions predictions =
                Predictions.binary(List.of("no", HOSTILE), new double[] {0.2, 0.7, 0.6, 0.1}, new int[] {0, 1, 0, 1});
        String html = full(predictions).toHtml();
        assertThat(markup(html)).doesNotContain("<img");
        assertThat(html).contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;{{body}}$1");
        // Three script elements of our own and not one more end tag.
        assertThat(html.split("(?i)</script", -1)).hasSize(4);
        assertThat(charts(html).get(0).get("series").get(0).get("name").asString())
                .isEqualTo(HOSTILE);
    }

    @Test
    void keepsAnEndTagInAScriptFromEndingIt() {
        assertThat(Html.script("a = '</ScRipt>'")).isEqualTo("a = '<\\/ScRipt>'");
    }

    @Test
    void saysWhenTheModelIsNoBetterThanTheTrivialAnswer() {
        Evaluation useless =
                EvaluationTest.evaluate(Samples.deciding(2, new int[] {0, 0, 0, 1}, new int[] {0, 0, 0, 0}));
        assertThat(Report.of("useless", useless).toHtml()).contains("Not clearly better");
        Evaluation right = EvaluationTest.evaluate(Samples.deciding(2, new int[] {0, 1, 0, 1}, new int[] {0, 1, 0, 1}));
        assertThat(Report.of("right", right).toHtml()).contains("class=\"verdict good\">Better");
    }

    @Test
    void listsTheMistakesOfManyClasses() {
        Evaluation many = EvaluationTest.evaluate(Samples.random(Task.MULTICLASS, 400, 30, 20, 1));
        assertThat(Report.of("many", many).toHtml()).contains("The most frequent mistakes");
    }

    @Test
    void writesOneFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.html");
        Report.of("demo", EvaluationTest.evaluate(Samples.random(Task.REGRESSION, 50, 1, 20, 1)))
                .write(file);
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").contains("Predicted and true values");
    }
}
