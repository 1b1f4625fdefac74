package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.Test;

final class BlasThreadsTest {
    @Test
    void followTheModeOfTheInnermostScope() {
        Engine.load();
        int all = Engine.info().hasFastProducts() ? 1 : Engine.threads();
        assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
        try (Scope outer = Scope.training(1)) {
            assertThat(openblas.blas_get_num_threads()).isEqualTo(all);
            try (Scope inner = Scope.inference()) {
                assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
            }
            try (Scope inner = Scope.open()) {
                assertThat(openblas.blas_get_num_threads()).isEqualTo(all);
            }
        }
        assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
    }
}
