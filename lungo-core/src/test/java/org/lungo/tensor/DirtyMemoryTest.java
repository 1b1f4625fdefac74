package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What finds reads of memory that nobody wrote must find them. */
class DirtyMemoryTest {
    @ParameterizedTest
    @ValueSource(longs = {40, 1_000, 30_000, 200_000})
    void memoryThatNobodyWroteHoldsNaN(long size) {
        DirtyMemory.fill();
        try (PointerScope scope = new PointerScope()) {
            boolean found = false;
            for (int i = 0; i < 10; i++) { // an allocator may have other blocks of this size, too
                found |= torch.isnan(torch.empty(size)).any().item_bool();
            }
            assertThat(found).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {40, 1_000, 30_000})
    void noticesThatAResultDependsOnIt(long size) {
        assertThatThrownBy(() -> DirtyMemory.givesTheSameBits(() -> {
                    try (Scope scope = Scope.open()) {
                        Tensor sum = Tensor.zeros(DType.FLOAT32, size);
                        for (int i = 0; i < 10; i++) { // as a kernel does that multiplies its padding by zero
                            sum = sum.add(new Tensor(torch.empty(size)).mul(0));
                        }
                        return List.of(sum.toFloats());
                    }
                }))
                .isInstanceOf(AssertionError.class);
    }
}
