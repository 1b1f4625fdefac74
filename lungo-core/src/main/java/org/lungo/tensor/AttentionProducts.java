package org.lungo.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Attention as two products, softmax(q k^T / sqrt(width)) v, which keeps the weights of all pairs for the gradients.
 * Vaswani et al. 2017, arXiv:1706.03762, section 3.2.1. The native attention computes them again, and on a CPU that takes
 * longer: forward and backward 70 ms instead of 41 for [16, 6, 256, 64], 6 instead of 2 for [12, 4, 64, 32] (causal).
 */
public final class AttentionProducts {
    /** Larger weights are not kept: in FLOAT32 these are 32 MiB, the largest size that the C library reuses by itself. */
    private static final long MAX_WEIGHTS = 8L << 20;

    /** The number of causal queries that are computed together, with the keys up to the last of them; later keys would be masked. */
    private static final long BLOCK = 128;

    /** Added to the scores of what is not seen; infinity would make a row that sees nothing no number. */
    private static final double UNSEEN = -1e30;

    private AttentionProducts() {}

    /**
     * Whether training on a CPU keeps the weights of an attention until gradients are known.
     *
     * @param weights how many: batch times heads times queries times keys
     */
    public static boolean areKept(double weights) {
        return weights <= MAX_WEIGHTS;
    }

    /** Whether gradients are to be expected and the weights are small enough. */
    static boolean suit(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, boolean causal) {
        return Scope.isTraining()
                && q.device().type() == Device.Type.CPU
                && q.size(0) == k.size(0)
                && q.size(3) == k.size(3)
                && k.size(2) == v.size(2)
                && (!causal || q.size(2) == k.size(2))
                && (mask == null || mask.dtype() == DType.BOOL)
                && q.size(0) * q.size(1) * q.size(2) * k.size(2) <= MAX_WEIGHTS;
    }

    /** As {@link Neural#attention}, with as many heads of keys as of queries. */
    static Tensor of(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, boolean causal, double dropout) {
        Tensor scaled = q.mul(1 / Math.sqrt(q.size(3))); // [batch, heads, queries, width]
        Tensor across = k.transpose(2, 3); // [batch, heads, width, keys]
        if (causal) {
            return causal(scaled, across, v, dropout);
        }
        Tensor scores = scaled.matmul(across); // [batch, heads, queries, keys]
        if (mask == null) {
            return weighted(scores, v, dropout);
        }
        if (mask.dtype() != DType.BOOL) {
            return weighted(scores.add(mask.to(scores.dtype())), v, dropout);
        }
        Tensor seen = mask.to(scores.dtype()); // [..., keys], 1 or 0
        Tensor result = weighted(scores.add(seen.sub(1).mul(-UNSEEN)), v, dropout);
        return result.mul(seen.max(-1).unsqueeze(-1)); // nothing for a row that sees nothing, as the native attention
    }

    private static Tensor causal(Tensor q, Tensor across, Tensor v, double dropout) {
        long queries = q.size(2);
        long keys = v.size(2);
        List<Tensor> blocks = new ArrayList<>();
        for (long start = 0; start < queries; start += BLOCK) {
            long length = Math.min(BLOCK, queries - start);
            long end = Math.min(start + length, keys); // of the keys that some query of the block sees
            Tensor block = length == queries ? q : q.narrow(2, start, length); // [batch, heads, length, width]
            Tensor scores = block.matmul(end == keys ? across : across.narrow(3, 0, end));
            Tensor later = later(length, end, start, scores.dtype()); // [length, end]
            blocks.add(weighted(scores.add(later), end == keys ? v : v.narrow(2, 0, end), dropout));
        }
        return blocks.size() == 1 ? blocks.get(0) : Reshaping.concat(blocks, 2); // [batch, heads, queries, width]
    }

    /** What is added to the scores of queries that start at {@code start}: nothing to the keys up to the query. */
    private static Tensor later(long queries, long keys, long start, DType dtype) {
        Tensor unseen = Tensor.full(UNSEEN, dtype, queries, keys);
        return Op.unary("triu", unseen, x -> torch.triu(x, start + 1));
    }

    private static Tensor weighted(Tensor scores, Tensor v, double dropout) {
        return scores.softmax(-1).dropout(dropout).matmul(v);
    }
}
