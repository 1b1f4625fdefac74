package org.lungo.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lungo.data.TextColumn;
import tools.jackson.databind.json.JsonMapper;

final class FrequencyTest implements CategoryContract {
    @Override
    public TablePreprocessor.Encode encode() {
        return TablePreprocessor.Encode.FREQUENCY;
    }

    /** Shares of all eight rows; 0 for missing and unknown. */
    @Override
    public double[][] expected() {
        return new double[][] {{2 / 8.0}, {3 / 8.0}, {1 / 8.0}, {0}, {0}};
    }

    @Test
    void countsUnknownValuesAndIsAnObjectInABundle() {
        Frequency fitted = Frequency.fit(new TextColumn("zip", new String[] {"1.0", "1", "2", null}));
        assertThat(fitted.unknown(new TextColumn("zip", new String[] {"1.0", "3", "4", null})))
                .isEqualTo(2);
        String text = new JsonMapper().writeValueAsString(fitted);
        assertThat(text).contains("\"shares\":{\"1\":0.5,\"2\":0.25}");
        assertThat(new JsonMapper().readValue(text, Fitted.class))
                .isEqualTo(fitted)
                .hasSameHashCodeAs(fitted);
    }
}
