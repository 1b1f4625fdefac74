package org.lungo.tensor;

import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * OpenBLAS's own threads. libtorch's are OpenMP's, and two pools would fight over the cores, so OpenBLAS has one thread. Where
 * FLOAT32 products go to OpenBLAS (see {@link EngineInfo#hasFastProducts}) training needs it to have as many as OpenMP: a GPT
 * of 6 layers, 384 wide, then learned 2,163 tokens a second on two cores instead of 1,422. Its idle threads must sleep early,
 * see {@link IdleThreads}. What needs no gradients goes another way there, see {@link OneDnnLinear}.
 */
final class BlasThreads {
    private static final int MAX = NativeLoader.threads("OPENBLAS_NUM_THREADS");

    /** The number of threads that train. */
    private static final AtomicInteger TRAINING = new AtomicInteger();

    private BlasThreads() {}

    /** Called when a thread's mode changes. */
    static synchronized void change(Mode from, Mode to) {
        if (from.training() == to.training() || Engine.info().hasFastProducts()) {
            return;
        }
        int training = TRAINING.addAndGet(to.training() ? 1 : -1);
        openblas.blas_set_num_threads(training == 0 ? 1 : Math.min(torch.get_num_threads(), MAX));
    }
}
