package org.lungo.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * Memory that was used before. A process that has just started gets pages of zeros, and an operation that reads what it
 * never wrote goes unnoticed; after some work the same memory holds anything.
 */
final class DirtyHeap {
    private static final int SMALLEST = 4;

    /** Sizes between two powers of two: an allocator prefers the block that fits best, so that all must be dirty. */
    private static final int BETWEEN = 4;

    /** How many blocks of a size there are at once. */
    private static final int BLOCKS = 3;

    private DirtyHeap() {}

    /**
     * Fills blocks of 16 to {@code 2^largest} floats with NaN and frees them, so that the next allocations of this thread get
     * them.
     */
    static void fill(int largest) {
        try (Scalar nan = new Scalar(Float.NaN)) {
            for (int power = SMALLEST; power < largest; power++) {
                for (int part = 0; part < BETWEEN; part++) {
                    fill((1L << power) + part * (1L << power) / BETWEEN, nan);
                }
            }
            fill(1L << largest, nan);
        }
    }

    private static void fill(long size, Scalar nan) {
        try (PointerScope scope = new PointerScope()) {
            for (int i = 0; i < BLOCKS; i++) {
                torch.full(new long[] {size}, nan);
            }
        }
    }
}
