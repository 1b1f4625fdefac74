package org.lungo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lungo.family.tables.TableBundle;
import org.lungo.family.tables.onnx.OnnxModel;
import org.lungo.tensor.Scope;

/** The benchmark compares like with like. */
class ScoringTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void bothGiveTheSameScores(int members) {
        try (Scope scope = Scope.open()) {
            TableBundle bundle = ScoringWorkload.bundle(members);
            assertThat(OnnxModel.of(bundle)
                            .compare(bundle, ScoringWorkload.table(1024))
                            .largest())
                    .isLessThan(1e-6);
        }
    }
}
