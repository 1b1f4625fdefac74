package org.lungo.tensor;

import java.util.Arrays;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.jspecify.annotations.Nullable;

/** Calls the native attention in the form in which it is fast. */
final class FusedAttention {
    private FusedAttention() {}

    static Tensor of(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, boolean causal, double dropout) {
        check(q, k, v);
        Check.that(mask == null || !causal, "attention: causal attention takes no mask; put both into one", "a mask");
        if (!runsWide(q, k, v)) {
            return grouped(q, k, v, mask, causal, dropout);
        }
        // The native CPU attention in BFLOAT16 is a plain loop, many times slower than in FLOAT32.
        boolean autocast = torch.is_autocast_enabled(DeviceType.CPU);
        torch.set_autocast_enabled(DeviceType.CPU, false);
        try {
            Tensor result = grouped(wide(q), wide(k), wide(v), mask, causal, dropout);
            return autocast || !isHalf(v) ? result : result.to(v.dtype());
        } finally {
            torch.set_autocast_enabled(DeviceType.CPU, autocast);
        }
    }

    /** The native attention repeats shared keys on a slow path only, so they are repeated before; one query is cheaper. */
    private static Tensor grouped(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, boolean causal, double dropout) {
        long[] shape = q.shape(); // [batch, heads, queries, width]
        long group = shape[1] / k.size(1);
        if (group == 1) {
            return call(q, k, v, mask, causal, dropout);
        }
        boolean alike = mask == null || mask.rank() < 3 || mask.size(-3) == 1;
        if (shape[2] == 1 && !causal && alike) {
            Tensor folded = q.reshape(shape[0], k.size(1), group, shape[3]); // [batch, key heads, group, width]
            return call(folded, k, v, mask, false, dropout).reshape(shape); // [batch, heads, 1, width]
        }
        return call(q, repeated(k, group), repeated(v, group), mask, causal, dropout);
    }

    /** [batch, key heads, keys, width] to [batch, key heads * group, keys, width]. */
    private static Tensor repeated(Tensor x, long group) {
        return x.unsqueeze(2).expand(-1, -1, group, -1, -1).flatten(1, 2);
    }

    private static Tensor call(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, boolean causal, double dropout) {
        if (!FastPath.ATTENTION.isOpenFor(q) || AttentionProducts.suit(q, k, v, mask, causal)) {
            return AttentionProducts.of(q, k, v, mask, causal, dropout);
        }
        double rate = Scope.isTraining() ? dropout : 0;
        if (rate > 0) {
            Scope.seedDropout();
        }
        Tensor added = mask == null || mask.dtype() == DType.BOOL ? mask : mask.to(q.dtype());
        TensorOptional visible = Op.optional(added);
        try {
            return new Tensor(torch.scaled_dot_product_attention(
                    q.handle(), k.handle(), v.handle(), visible, rate, causal, Op.NO_NUMBER, false));
        } catch (RuntimeException e) {
            Tensor[] operands = mask == null ? new Tensor[] {q, k, v} : new Tensor[] {q, k, v, mask};
            throw NativeFailure.of("attention", e, operands);
        }
    }

    private static void check(Tensor q, Tensor k, Tensor v) {
        ShapeException.requireRank("attention", q, 4, "queries [batch, heads, queries, width]");
        ShapeException.requireRank("attention", k, 4, "keys [batch, heads, keys, width]");
        ShapeException.requireRank("attention", v, 4, "values [batch, heads, keys, width]");
        if (k.size(1) == 0 || q.size(1) % k.size(1) != 0) {
            throw new ShapeException(
                    "attention",
                    "the heads of the queries must be a multiple of the heads of the keys (axis 1)",
                    Arrays.toString(q.shape()) + " and " + Arrays.toString(k.shape()));
        }
    }

    private static boolean runsWide(Tensor q, Tensor k, Tensor v) {
        return q.device().type() == Device.Type.CPU
                && (isHalf(q) || isHalf(k) || isHalf(v) || torch.is_autocast_enabled(DeviceType.CPU));
    }

    private static boolean isHalf(Tensor x) {
        return x.dtype() == DType.BFLOAT16 || x.dtype() == DType.FLOAT16;
    }

    private static Tensor wide(Tensor x) {
        return isHalf(x) ? x.to(DType.FLOAT32) : x;
    }
}
