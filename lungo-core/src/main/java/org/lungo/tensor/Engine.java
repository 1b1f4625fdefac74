package org.lungo.tensor;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** libtorch in this process: loads it safely, sets its threads and precision, and tells what it is doing. */
public final class Engine {
    private Engine() {}

    private static final class Loaded {
        static final @Nullable EngineInfo INFO;
        static final @Nullable EngineException FAILURE;

        static {
            EngineInfo info = null;
            EngineException failure = null;
            try {
                info = NativeLoader.load();
            } catch (EngineException e) {
                failure = e;
            }
            INFO = info;
            FAILURE = failure;
        }
    }

    /**
     * Loads libtorch on first use and finds out which of its fast ways are right on this processor ({@link EngineProofs});
     * later calls cost nothing.
     *
     * @throws EngineException when there is no native library for this platform, it cannot be unpacked, or not even its
     *     products are right here
     */
    public static void load() {
        info();
    }

    /** The versions and settings found at load. */
    public static EngineInfo info() {
        if (Loaded.INFO == null) {
            throw Objects.requireNonNull(Loaded.FAILURE);
        }
        return Loaded.INFO;
    }

    /** Sets the number of threads one operation may use. Results are bitwise equal only for equal numbers of threads. */
    public static void threads(int threads) {
        Check.positive("threads", threads);
        load();
        torch.set_num_threads(threads);
    }

    /** The number of threads one operation may use. */
    public static int threads() {
        load();
        return torch.get_num_threads();
    }

    /**
     * Starts a thread whose operations use that thread alone, so that several compute side by side. Their results do not
     * depend on how many processors there are. Threads that are started in another way keep the number of {@link #threads}.
     *
     * @throws InterruptedException when the calling thread is interrupted before the new one has started
     */
    public static Thread startAlone(String name, Runnable work) throws InterruptedException {
        int others = threads();
        CountDownLatch alone = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    torch.get_num_threads(); // a thread's first operation would else set the number of the others
                    torch.set_num_threads(1);
                    alone.countDown();
                    work.run();
                },
                name);
        thread.setDaemon(true);
        thread.start();
        alone.await();
        // libtorch keeps a number for each thread, and the last one set for threads that come later.
        torch.set_num_threads(others);
        return thread;
    }

    /** Work with a result, which may fail in one way. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /** Does it. */
        T run() throws E;
    }

    /**
     * Runs work on the calling thread, whose operations use that thread alone meanwhile. Operations on a few thousand numbers
     * take less time than a second thread needs to join them. Threads that are started meanwhile keep the number of
     * {@link #threads}.
     */
    public static <T, E extends Exception> T alone(Work<T, E> work) throws E {
        int others = threads();
        if (others == 1) {
            return work.run();
        }
        torch.set_num_threads(1);
        forLaterThreads(others);
        try {
            return work.run();
        } finally {
            torch.set_num_threads(others);
        }
    }

    /** libtorch keeps a number for each thread, and the last one that any thread has set for threads that come later. */
    private static void forLaterThreads(int threads) {
        Thread setter = new Thread(() -> torch.set_num_threads(threads), "lungo-threads");
        setter.start();
        boolean interrupted = false;
        while (setter.isAlive()) {
            try {
                setter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** True when a CUDA GPU can be used. */
    public static boolean hasCuda() {
        load();
        return torch.cuda_is_available();
    }

    /** The number of tensors in use in this process. */
    public static long liveTensors() {
        return NativeMemory.tensors();
    }

    /** The bytes of the tensors in use in this process; views count nothing, gradients count when they are read. */
    public static long liveBytes() {
        return NativeMemory.bytes();
    }
}
