package org.lungo.tensor;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bytedeco.pytorch.global.torch;

/**
 * A fast way of computing that some processor or some version of a library may get wrong. It is open where the
 * {@link EngineProofs} hold on this machine; while it is closed a slower way is taken, which needs only FLOAT32 products.
 */
enum FastPath {
    /** What libtorch may do for FLOAT32 products; a product that rounds its operands is closed. */
    PRODUCTS(
            "precision medium",
            "precision highest",
            open -> torch.globalContext().setFloat32MatmulPrecision(open ? "medium" : "highest")),
    LINEAR("oneDNN's operation", "libtorch's products"),
    HALF("BFLOAT16", "FLOAT32"),
    CONVOLUTION("libtorch's convolution", "products of windows"),
    ATTENTION("fused", "two products");

    private final String fast;
    private final String slow;
    private final Consumer<Boolean> effect;
    private final AtomicBoolean open = new AtomicBoolean(true);

    FastPath(String fast, String slow) {
        this(fast, slow, open -> {});
    }

    FastPath(String fast, String slow, Consumer<Boolean> effect) {
        this.fast = fast;
        this.slow = slow;
        this.effect = effect;
    }

    /** How it is computed now. */
    String way() {
        return open.get() ? fast : slow;
    }

    boolean isOpen() {
        return open.get();
    }

    /** Whether it may be taken for {@code x}: the proofs are of the processor and say nothing of a GPU. */
    boolean isOpenFor(Tensor x) {
        return open.get() || x.device().type() != Device.Type.CPU;
    }

    /** Opens or closes it for this process. */
    void open(boolean right) {
        open.set(right);
        effect.accept(right);
    }

    /** Does {@code work} while this path is closed. */
    void closedWhile(Runnable work) {
        boolean before = open.get();
        open(false);
        try {
            work.run();
        } finally {
            open(before);
        }
    }
}
