package org.lungo.tensor;

/**
 * What the engine found when it loaded.
 *
 * @param libtorch its version
 * @param cpu the vector instructions it uses, for example {@code AVX512}
 * @param matmulPrecision the setting chosen for FLOAT32 products, {@code medium} or {@code highest}
 * @param matmulError the relative error of a FLOAT32 product against FLOAT64 in the self-test, under that setting
 * @param threads the number of threads one operation uses
 */
public record EngineInfo(String libtorch, String cpu, String matmulPrecision, double matmulError, int threads) {
    /**
     * Whether libtorch's own FLOAT32 products use all threads: {@code medium} gives them to oneDNN where there is AVX512. With
     * AMX oneDNN would round them to BFLOAT16, so that {@code highest} is chosen, and they, as those of other processors, go to
     * OpenBLAS.
     */
    boolean hasFastProducts() {
        return matmulPrecision.equals("medium") && cpu.startsWith("AVX512");
    }
}
