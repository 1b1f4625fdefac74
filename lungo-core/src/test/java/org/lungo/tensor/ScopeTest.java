package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void countsWhatItWouldFree() {
        try (Scope outer = Scope.open()) {
            try (Scope scope = Scope.open()) {
                assertThat(scope.tensors()).isZero();
                scope.keep(Tensor.ones(DType.FLOAT32, 2).add(1));
                assertThat(scope.tensors()).isEqualTo(1);
            }
            assertThat(outer.tensors()).isEqualTo(1);
        }
    }

    @Test
    void freesWhatWasNotKept() {
        Tensor kept;
        Tensor lost;
        try (Scope outer = Scope.open()) {
            try (Scope scope = Scope.open()) {
                lost = Tensor.ones(DType.FLOAT32, 2);
                kept = scope.keep(lost.add(1));
            }
            assertThat(kept.toFloats()).containsExactly(2, 2);
            assertThatThrownBy(lost::toFloats)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("keep it with scope.keep(tensor)");
        }
        assertThat(kept.isFreed()).isTrue();
    }

    @Test
    void keepsForTheCollectorWithoutAnOuterScope() {
        Tensor kept;
        try (Scope scope = Scope.open()) {
            kept = scope.keep(Tensor.ones(DType.FLOAT32, 2));
        }
        assertThat(kept.toFloats()).containsExactly(1, 1);
    }

    @Test
    void keepsLiveCountsFlatOverTwoThousandSteps() {
        try (Scope outer = Scope.open()) {
            Tensor weight = Tensor.ones(DType.FLOAT32, 4, 4).requireGradient();
            long tensors = Engine.liveTensors();
            long bytes = Engine.liveBytes();
            for (int i = 0; i < 2000; i++) {
                try (Scope scope = Scope.training(i)) {
                    weight.clearGradient();
                    weight.matmul(weight).relu().dropout(0.5).sum().backward();
                    weight.addInPlace(weight.gradient(), -1e-6);
                }
            }
            assertThat(Engine.liveTensors()).isEqualTo(tensors);
            assertThat(Engine.liveBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void belongsToItsThread() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Scope scope = Scope.open()) {
            Thread other = new Thread(() -> {
                try {
                    scope.close();
                } catch (IllegalStateException e) {
                    failure.set(e);
                }
            });
            other.start();
            other.join();
        }
        assertThat(failure.get()).hasMessageContaining("only the thread that opened a scope");
    }

    @Test
    void closesInnermostFirst() {
        Scope outer = Scope.open();
        Scope inner = Scope.open();
        assertThatThrownBy(outer::close).hasMessageContaining("innermost first");
        inner.close();
        outer.close();
    }

    @Test
    void turnsGradientsOffForInference() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.ones(DType.FLOAT32, 1).requireGradient();
            try (Scope inference = Scope.inference()) {
                assertThatThrownBy(() -> x.mul(2).backward()).isInstanceOf(IllegalArgumentException.class);
            }
            x.mul(2).backward();
            assertThat(x.gradient().item()).isEqualTo(2);
        }
    }

    @Test
    void dropsTheSameValuesForTheSameSeed() {
        assertThat(dropped(1)).isEqualTo(dropped(1)).isNotEqualTo(dropped(2));
    }

    private static float[] dropped(long seed) {
        try (Scope scope = Scope.training(seed)) {
            return Tensor.ones(DType.FLOAT32, 100).dropout(0.5).toFloats();
        }
    }
}
