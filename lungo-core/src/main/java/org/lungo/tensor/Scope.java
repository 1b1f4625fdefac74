package org.lungo.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.jspecify.annotations.Nullable;

/**
 * Frees every tensor made while it is open. The only memory concept: a training step, an evaluation batch and a
 * prediction each open one, and what must live on is {@linkplain #keep kept}.
 *
 * <pre>{@code
 * try (Scope scope = Scope.inference()) {
 *     return model.forward(features).softmax(-1).toFloats();
 * }
 * }</pre>
 *
 * <p>A scope belongs to the thread that opened it, scopes nest, and each is closed before the one around it. Tensors made
 * with no scope open are freed by the garbage collector.
 */
public final class Scope implements AutoCloseable {
    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();
    private static final Mode OUTERMOST = new Mode(true, false, 0, null, false);

    private final Thread owner = Thread.currentThread();
    private final @Nullable Scope outer;
    private final PointerScope pointers;
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Recomputation> recomputations = new ArrayList<>();
    private final Mode mode;
    private long recomputed;
    private boolean seeded;
    private boolean closed;

    private Scope(@Nullable Scope outer, Mode mode) {
        Engine.load();
        this.outer = outer;
        this.mode = mode;
        this.pointers = new PointerScope();
        CURRENT.set(this);
        apply(outer == null ? OUTERMOST : outer.mode, mode);
    }

    /** A scope with the mode of the scope around it. */
    public static Scope open() {
        Scope outer = CURRENT.get();
        return new Scope(outer, outer == null ? OUTERMOST : outer.mode);
    }

    /** A scope with the given mode. */
    public static Scope open(Mode mode) {
        return new Scope(CURRENT.get(), mode);
    }

    /** A scope that records gradients and applies dropout, its stream starting at {@code dropoutSeed}. */
    public static Scope training(long dropoutSeed) {
        return open(Mode.training(dropoutSeed));
    }

    /** A scope without gradients and dropout. */
    public static Scope inference() {
        return open(Mode.INFERENCE);
    }

    /** True when the innermost scope of this thread is a training scope. */
    public static boolean isTraining() {
        Scope current = CURRENT.get();
        return current != null && current.mode.training();
    }

    /** The innermost scope of this thread, or null. */
    static @Nullable Scope current() {
        return CURRENT.get();
    }

    /** Hands {@code tensor} to the scope around this one, or to the garbage collector when there is none. */
    public Tensor keep(Tensor tensor) {
        checkOwner("keep a tensor of");
        if (tensors.remove(tensor)) {
            tensor.handle().retainReference();
            pointers.detach(tensor.handle());
            if (outer == null) {
                tensor.leaveToCollector();
            } else {
                outer.pointers.attach(tensor.handle());
                tensor.handle().releaseReference();
                outer.tensors.add(tensor);
            }
        }
        return tensor;
    }

    /** The number of tensors that {@link #close} would free. */
    public int tensors() {
        return tensors.size();
    }

    /** Frees every tensor made in this scope and not kept, and restores the mode of the scope around it. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        checkOwner("close");
        if (CURRENT.get() != this) {
            throw new IllegalStateException(
                    "scopes must be closed innermost first; close the inner scope before this one");
        }
        closed = true;
        for (int i = 0; i < tensors.size(); i++) {
            tensors.get(i).markFreed();
        }
        pointers.close();
        CURRENT.set(outer);
        apply(mode, outer == null ? OUTERMOST : outer.mode);
    }

    /** Called by the constructor of {@link Tensor}. */
    void register(Tensor tensor) {
        tensors.add(tensor);
    }

    /** The scope that gave this thread its mode, or null. */
    static @Nullable Scope step() {
        Scope current = CURRENT.get();
        while (current != null && current.outer != null && current.mode.equals(current.outer.mode)) {
            current = current.outer;
        }
        return current;
    }

    Mode mode() {
        return mode;
    }

    /** Where the dropout stream of the next recomputed part starts. */
    long recomputedSeed() {
        return Random.of(mode.dropoutSeed()).stream("recomputed", recomputed++).seed();
    }

    /** Keeps in mind what is to be computed again for gradients. */
    void recompute(Recomputation recomputation) {
        recomputations.add(recomputation);
    }

    /** Computes again what was not kept, from the last to the first, after the gradients behind it are there. */
    static void recompute() {
        Scope step = step();
        while (step != null && !step.recomputations.isEmpty()) {
            step.recomputations.remove(step.recomputations.size() - 1).backward();
        }
    }

    /** Starts the dropout stream of the innermost scope on its first use. */
    static void seedDropout() {
        Scope current = step();
        if (current != null && !current.seeded) {
            torch.manual_seed(current.mode.dropoutSeed());
            current.seeded = true;
        }
    }

    private static void apply(Mode from, Mode to) {
        BlasThreads.change(from, to);
        if (from.gradients() != to.gradients()) {
            GradMode.set_enabled(to.gradients());
        }
        if (from.autocast() != to.autocast()) {
            DType dtype = FastPath.HALF.isOpen() ? to.autocast() : null;
            if (dtype != null) {
                torch.set_autocast_dtype(DeviceType.CPU, dtype.scalarType());
                // A cached cast would outlive the scope that made it; every weight is used once per step anyway.
                torch.set_autocast_cache_enabled(false);
            }
            torch.set_autocast_enabled(DeviceType.CPU, dtype != null);
        }
    }

    private void checkOwner(String action) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "only the thread that opened a scope may " + action + " it. Received: thread '"
                            + Thread.currentThread().getName() + "', opened by '" + owner.getName() + "'");
        }
    }
}
