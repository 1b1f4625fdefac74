package org.lungo.experiment;

import java.util.Locale;
import java.util.Map;
import org.lungo.tensor.DType;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * How fast a language model is trained, as a share of what the machine can multiply: model FLOPs utilisation (MFU),
 * Chowdhery et al. 2022, arXiv:2204.02311, appendix B. A token costs 6 operations per parameter and 12 per layer, width and
 * token of the context.
 *
 * @param tokensPerSecond of training steps, without validation; NaN where no step was timed, as training had ended before
 * @param gemmRate operations per second of a product of large matrices, the faster of before and after training
 * @param operations per token, forward and backward
 */
public record Speed(double tokensPerSecond, double gemmRate, double operations) {
    private static final int SIZE = 1024;
    private static final long MIN_NANOS = 300_000_000L;

    /** The share of the machine's rate that went into the model. */
    public double mfu() {
        return tokensPerSecond * operations / gemmRate;
    }

    /** {@code , 20,000 tokens a second: 0.48 of the machine's 222 GFLOP/s (MFU)}; nothing where no step was timed. */
    public String toText(String unit) {
        return Double.isNaN(tokensPerSecond)
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %,.0f %s a second: %.2f of the machine's %.0f GFLOP/s (MFU)",
                        tokensPerSecond,
                        unit,
                        mfu(),
                        gemmRate / 1e9);
    }

    /** What {@code run.json} holds of it. */
    public void putInto(Map<String, Object> figures) {
        figures.put("tokens_per_second", tokensPerSecond);
        figures.put("gemm_flops", gemmRate);
        figures.put("mfu", mfu());
    }

    /** Measures the rate of large products of matrices, as a dense layer makes them, operations per second. */
    static double measureGemm(DType dtype) {
        try (Scope scope = Scope.inference()) {
            Tensor a = Tensor.ones(dtype, SIZE, SIZE);
            double best = 0;
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < MIN_NANOS) {
                try (Scope step = Scope.inference()) {
                    long start = System.nanoTime();
                    a.linear(a, null);
                    best = Math.max(best, 2.0 * SIZE * SIZE * SIZE / (System.nanoTime() - start) * 1e9);
                }
            }
            return best;
        }
    }
}
