package org.lungo.tensor;

import org.bytedeco.pytorch.global.torch;

/** libtorch in this process: loads it safely, sets its threads and precision, and tells what it is doing. */
public final class Engine {
    private Engine() {}

    private static final class Loaded {
        static final EngineInfo INFO = NativeLoader.load();
    }

    /**
     * Loads libtorch on first use; later calls cost nothing.
     *
     * @throws EngineException when there is no native library for this platform or it cannot be unpacked
     */
    public static void load() {
        if (Loaded.INFO == null) {
            throw new IllegalStateException("the engine did not load");
        }
    }

    /** The versions and settings found at load. */
    public static EngineInfo info() {
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
