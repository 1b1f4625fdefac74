package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private record Said(String text) implements Measurement {
        @Override
        public String toJson() {
            return "{}";
        }

        @Override
        public String toText() {
            return text;
        }
    }

    @Test
    void showsFiguresGatesCurvesAndExamples() {
        Summary summary = new Summary(
                "language",
                "next_token",
                1234,
                "tokens",
                Map.of("val_loss", 2.5),
                Direction.LOWER,
                new Yardstick(Map.of("val_loss", new Interval(2.375, 2.625)), Map.of("val_loss", 3.25)));
        List<Gates.Outcome> gates =
                Gates.parse(Map.of("val_loss", "<2"), List.of("val_loss")).outcomes(summary.metrics());
        String page = new TextReport(
                        "<corpus>",
                        new Judged(new Said("val_loss 2.5 & more\nsecond line"), summary, gates, null),
                        List.of(
                                Map.of("epoch", 1.0, "loss", 4.0, "val_loss", 3.5),
                                Map.of("epoch", 2.0, "loss", 3.0, "val_loss", Double.NaN)),
                        List.of("2 pairs were <empty>"),
                        List.of(new TextReport.Examples(
                                "What it writes",
                                "Drawn",
                                List.of("sample", "text"),
                                List.of(List.of("seed 1", "<script>alert('x')</script> {{body}}")))),
                        Map.of("seed", "42"))
                .toHtml();
        assertThat(page)
                .contains(
                        "<h1>Language from &lt;corpus&gt;</h1>", "Measured on 1,234 tokens that it was not trained on.")
                .contains("val_loss 2.5 &amp; more")
                .doesNotContain("second line")
                .contains("Better than the baseline, judged by val_loss with its 95% interval.")
                .contains("Gate not reached: val_loss must be &lt;2. Received: 2.5")
                .contains("2.5000", "3.2500", "in nats")
                .contains("<b>2.5000</b><span>95%: 2.3750\u00a0to\u00a02.6250</span><span>baseline 3.2500</span>")
                .contains("95% interval", "<td class=\"word\">2.3750\u00a0to\u00a02.6250</td>")
                .contains("Learning: loss", "[[1.0,4.0],[2.0,3.0]]", "[[1.0,3.5]]")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; {{body}}")
                .contains("2 pairs were &lt;empty&gt;", "Made by Lungo")
                .doesNotContain("<script>alert");
    }

    @Test
    void saysWhenTheBaselineIsNotClearlyBeaten() {
        Interval interval = new Interval(2.375, 2.625);
        assertThat(interval.beats(2.5, Direction.LOWER)).isFalse();
        assertThat(interval.beats(2.75, Direction.LOWER)).isTrue();
        assertThat(interval.beats(2.75, Direction.HIGHER)).isFalse();
        assertThat(interval.beats(2.25, Direction.HIGHER)).isTrue();
        assertThat(interval.beats(Double.NaN, Direction.LOWER)).isNull();
        assertThat(Interval.UNDEFINED.beats(2.5, Direction.LOWER)).isNull();
    }
}
