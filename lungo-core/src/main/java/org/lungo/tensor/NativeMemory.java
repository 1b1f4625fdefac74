package org.lungo.tensor;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the tensors and bytes that are alive in this process. */
final class NativeMemory {
    private static final AtomicLong TENSORS = new AtomicLong();
    private static final AtomicLong BYTES = new AtomicLong();
    private static final Cleaner CLEANER = Cleaner.create();

    private NativeMemory() {}

    static void allocated(long bytes) {
        TENSORS.getAndIncrement();
        BYTES.getAndAdd(bytes);
    }

    static void released(long bytes) {
        TENSORS.getAndDecrement();
        BYTES.getAndAdd(-bytes);
    }

    static void resized(long bytes) {
        BYTES.getAndAdd(bytes);
    }

    /**
     * The count drops when the collector finds {@code tensor} unreachable; its memory is freed by then too.
     *
     * @param bytes its only element is read then
     */
    static void releaseWithCollector(Tensor tensor, long[] bytes) {
        CLEANER.register(tensor, () -> released(bytes[0]));
    }

    static long tensors() {
        return TENSORS.get();
    }

    static long bytes() {
        return BYTES.get();
    }
}
