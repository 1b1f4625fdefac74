package org.lungo.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lungo.tensor.Engine;

class SideBySideTest {
    private final List<Integer> begun = Collections.synchronizedList(new ArrayList<>());

    @Test
    void givesTheResultsInOrder() {
        for (int threads : new int[] {1, 2, 9}) {
            begun.clear();
            assertThat(SideBySide.of(5, threads, begun::add, piece -> piece * piece))
                    .containsExactly(0, 1, 4, 9, 16);
            assertThat(begun).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void runsAsManyAtOnceAsThereAreThreads() {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Integer> threads = SideBySide.of(4, 2, begun::add, piece -> {
            try {
                together.await(60, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return Engine.threads();
        });
        assertThat(threads).containsOnly(1);
    }

    @Test
    void throwsWhatTheFirstPieceThrewAndBeginsNoOther() {
        for (int threads : new int[] {1, 2}) {
            begun.clear();
            assertThatThrownBy(() -> SideBySide.of(50, threads, begun::add, piece -> {
                        throw new IllegalArgumentException("piece " + piece);
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("piece 0");
            assertThat(begun).hasSizeLessThanOrEqualTo(2);
            assertThatThrownBy(() -> SideBySide.of(
                            3,
                            threads,
                            piece -> {
                                throw new AssertionError("listener");
                            },
                            piece -> piece))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("listener");
        }
    }
}
