package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class YardstickTest {
    @Test
    void readsWhatMetricsHold() {
        Map<String, Double> baseline = new LinkedHashMap<>();
        baseline.put("val_loss", 3.25);
        baseline.put("perplexity", Math.exp(3.25));
        Yardstick yardstick = new Yardstick(Map.of("val_loss", new Interval(2.25, 2.75)), baseline);
        Summary summary =
                new Summary("language", "next_token", 9, "tokens", Map.of("val_loss", 2.5), Direction.LOWER, yardstick);
        Measurement own = new Measurement() {
            @Override
            public String toJson() {
                return "{}";
            }

            @Override
            public String toText() {
                return "";
            }
        };
        String json = new Judged(own, summary, java.util.List.of(), null).toJson();
        assertThat(Yardstick.stored(JsonMapper.shared().readTree(json))).isEqualTo(yardstick);
        assertThat(Yardstick.stored(JsonMapper.shared().readTree("{\"intervals\": {}}")))
                .isEqualTo(Yardstick.NONE);
        assertThat(Yardstick.stored(JsonMapper.shared().readTree("{}"))).isEqualTo(Yardstick.NONE);
    }

    @Test
    void saysWhatThereIs() {
        Yardstick yardstick = new Yardstick(
                Map.of("bleu", new Interval(20, 30.5), "f1", new Interval(0, Double.POSITIVE_INFINITY)),
                Map.of("bleu", 12.5));
        assertThat(yardstick.range("bleu", 2)).isEqualTo(" (20.00 to 30.50)");
        assertThat(yardstick.range("f1", 2)).isEmpty();
        assertThat(yardstick.note("copied").strip().lines())
                .containsExactly("in parentheses: 95% intervals", "baseline, copied: bleu 12.50");
        assertThat(Yardstick.NONE.note("copied")).isEmpty();
    }
}
