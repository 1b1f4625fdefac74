package org.lungo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lungo.tensor.DType;
import org.lungo.tensor.DirtyMemory;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/** Texts that come and go; what is computed with a cache is tested with the models and with TextBatch. */
@ExtendWith(DirtyMemory.class)
class KeyValueCacheTest {
    private static final int CAPACITY = 4;

    private static KeyValueCache cache(int batch) {
        return new KeyValueCache(1, new KeyValueCache.Shape(batch, 1, CAPACITY, 1), DType.FLOAT32);
    }

    /** A cache of one text whose keys are the given numbers. */
    private static KeyValueCache alone(float... keys) {
        KeyValueCache cache = cache(1);
        append(cache, keys);
        return cache;
    }

    private static float[] append(KeyValueCache cache, float... keys) {
        int sequence = keys.length / cache.batch();
        cache.next(sequence);
        Tensor fresh = Tensor.of(keys, cache.batch(), 1, sequence, 1);
        float[] read = cache.layer(0).append(fresh, fresh).keys().toFloats();
        cache.advance(sequence);
        return read;
    }

    @Test
    void textsEndAtTheSameColumn() {
        try (Scope scope = Scope.open()) {
            KeyValueCache cache = cache(3).vacant();
            cache.join(alone(1));
            cache.join(alone(2, 3, 4)); // the first makes room
            assertThat(append(cache, 5, 6)).containsExactly(0, 0, 1, 5, 2, 3, 4, 6);
            assertThat(cache.batch()).isEqualTo(2);
            assertThat(cache.length()).isEqualTo(4);
            assertThat(cache.length(0)).isEqualTo(2);
            cache.leave(1);
            assertThat(cache.length()).isEqualTo(2);
            assertThat(append(cache, 7)).containsExactly(1, 5, 7); // moved to the front, since the end was reached
            cache.join(alone(8));
            cache.leave(0);
            assertThat(cache.length(0)).isEqualTo(1);
            assertThat(append(cache, 9)).endsWith(8, 9);
            cache.leave(0);
            assertThat(cache.batch()).isZero();
            assertThat(cache.length()).isZero();
        }
    }

    /** The padding of a row that a broken text has used is not broken. */
    @Test
    void forgetsWhatWasThere() {
        try (Scope scope = Scope.open()) {
            KeyValueCache cache = cache(2).vacant();
            cache.join(alone(Float.NaN, Float.NaN, Float.NaN));
            cache.leave(0);
            cache.join(alone(1));
            cache.join(alone(2, 3));
            assertThat(append(cache, 4, 5)).containsExactly(0, 1, 4, 2, 3, 5);
            cache.leave(0);
            cache.join(alone(6));
            assertThat(append(cache, 7, 8)).containsExactly(2, 3, 5, 7, 0, 0, 6, 8);
        }
    }

    /** Memory for what is there, by doubling, and none where all have left. */
    @Test
    void growsWithWhatItHolds() {
        try (Scope scope = Scope.open()) {
            KeyValueCache cache =
                    new KeyValueCache(1, new KeyValueCache.Shape(100, 1, 1000, 1), DType.FLOAT32).vacant();
            assertThat(cache.bytes()).isZero();
            cache.join(alone(1));
            assertThat(cache.bytes()).isEqualTo(2 * 64 * 4);
            float[] read = {};
            for (int i = 2; i <= 200; i++) {
                try (Scope step = Scope.open()) {
                    read = append(cache, i);
                }
            }
            assertThat(cache.bytes()).isEqualTo(2 * 256 * 4);
            for (int i = 0; i < 200; i++) {
                assertThat(read[i]).isEqualTo(i + 1);
            }
            for (int row = 0; row < 4; row++) {
                cache.join(alone(10 + row));
            }
            assertThat(cache.bytes()).isEqualTo(8 * 2 * 256 * 4);
            while (cache.batch() > 0) {
                cache.leave(0);
            }
            assertThat(cache.bytes()).isZero();
        }
    }

    @Test
    void putsRowsInAnotherOrder() {
        try (Scope scope = Scope.open()) {
            KeyValueCache cache = cache(3).vacant();
            cache.join(alone(1));
            cache.join(alone(2, 3));
            cache.select(1, 0, 1);
            assertThat(append(cache, 4, 5, 6)).containsExactly(2, 3, 4, 0, 1, 5, 2, 3, 6);
            assertThat(cache.length(1)).isEqualTo(2);
            cache.select(1);
            assertThat(append(cache, 7)).containsExactly(0, 1, 5, 7);
            assertThatThrownBy(() -> cache.select(1)).hasMessage("rows must be from 0 to 0. Received: [1]");
            assertThatThrownBy(() -> cache.select(0, 0, 0, 0)).hasMessage("expected 1 to 3 rows. Received: 4");
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        try (Scope scope = Scope.open()) {
            KeyValueCache cache = cache(1).vacant();
            assertThatThrownBy(() -> cache.leave(0)).hasMessage("a text that leaves must be one of 0. Received: 0");
            assertThatThrownBy(() -> cache.join(cache(2)))
                    .hasMessage("what joins must be one text of at most 4 tokens, without padding. Received: 2 of 0");
            cache.join(alone(1, 2, 3, 4));
            assertThatThrownBy(() -> cache.join(alone(1)))
                    .hasMessage("a text must find a vacant row. Received: 1 of 1");
            assertThatThrownBy(() -> cache.next(1)).hasMessageContaining("make it larger than 4");
            assertThatThrownBy(() -> alone(1).vacant())
                    .hasMessage("a cache must be emptied of texts before its first tokens. Received: 1 tokens");
        }
    }
}
