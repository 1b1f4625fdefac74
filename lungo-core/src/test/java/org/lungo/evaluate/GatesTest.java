package org.lungo.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GatesTest {
    @Test
    void namesTheBarThatWasNotReached() {
        Gates gates = Gates.parse(Map.of("f1", ">=0.80"));
        assertThat(gates.check(Map.of("f1", 0.8))).isEmpty();
        assertThat(gates.check(Map.of("f1", 0.79)))
                .extracting(Gates.Failure::message)
                .containsExactly("f1 must be >=0.80. Received: 0.79");
        assertThat(gates.metrics()).containsExactly("f1");
    }

    @Test
    void readsEveryComparison() {
        assertThat(Gates.parse(Map.of("rmse", " < 60 ")).check(Map.of("rmse", 60.0)))
                .hasSize(1);
        assertThat(Gates.parse(Map.of("rmse", "<=60")).check(Map.of("rmse", 60.0)))
                .isEmpty();
        assertThat(Gates.parse(Map.of("r2", ">-1e-1")).check(Map.of("r2", 0.0))).isEmpty();
    }

    @Test
    void closesForAnUndefinedMetric() {
        Gates gates = Gates.parse(Map.of("rmse", "<60"));
        assertThat(gates.check(Map.of("rmse", Double.NaN)))
                .extracting(Gates.Failure::message)
                .containsExactly("rmse must be <60. Received: no value");
        assertThat(gates.check(Map.of())).hasSize(1);
    }

    @Test
    void refusesAnotherForm() {
        assertThatThrownBy(() -> Gates.parse(Map.of("f1", "0.8")))
                .hasMessageContaining("gate 'f1' must be a comparison and a number")
                .hasMessageContaining("Received: \"0.8\"");
        assertThatThrownBy(() -> Gates.parse(Map.of("f2", ">=0.8"))).hasMessageContaining("did you mean 'f1'");
    }
}
