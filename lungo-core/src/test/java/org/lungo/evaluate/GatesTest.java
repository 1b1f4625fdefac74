package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GatesTest {
    @Test
    void namesTheBarThatWasNotReached() {
        Gates gates = Gates.parse(Map.of("f1", ">=0.80"));
        assertThat(gates.outcomes(Map.of("f1", 0.8))).allMatch(Gates.Outcome::passed);
        assertThat(gates.outcomes(Map.of("f1", 0.79)))
                .noneMatch(Gates.Outcome::passed)
                .extracting(Gates.Outcome::message)
                .containsExactly("f1 must be >=0.80. Received: 0.79");
        assertThat(gates.metrics()).containsExactly("f1");
    }

    @Test
    void readsEveryComparison() {
        assertThat(passes("rmse", " < 60 ", 60)).isFalse();
        assertThat(passes("rmse", "<=60", 60)).isTrue();
        assertThat(passes("r2", ">-1e-1", 0)).isTrue();
    }

    @Test
    void closesForAnUndefinedMetric() {
        Gates gates = Gates.parse(Map.of("rmse", "<60"));
        assertThat(gates.outcomes(Map.of("rmse", Double.NaN)))
                .noneMatch(Gates.Outcome::passed)
                .extracting(Gates.Outcome::message)
                .containsExactly("rmse must be <60. Received: no value");
        assertThat(gates.outcomes(Map.of())).hasSize(1).noneMatch(Gates.Outcome::passed);
    }

    private static boolean passes(String metric, String bar, double value) {
        return Gates.parse(Map.of(metric, bar))
                .outcomes(Map.of(metric, value))
                .get(0)
                .passed();
    }

    @Test
    void refusesAnotherForm() {
        assertThatThrownBy(() -> Gates.parse(Map.of("f1", "0.8")))
                .hasMessageContaining("gate 'f1' must be a comparison and a number")
                .hasMessageContaining("Received: \"0.8\"");
        assertThatThrownBy(() -> Gates.parse(Map.of("f2", ">=0.8"))).hasMessageContaining("did you mean 'f1'");
    }
}
