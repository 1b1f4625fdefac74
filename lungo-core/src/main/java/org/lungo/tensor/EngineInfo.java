package org.lungo.tensor;

/**
 * What the engine found when it loaded.
 *
 * @param libtorch its version, for example {@code 2.13.0}
 * @param cpu the vector instructions it uses, for example {@code AVX512}
 * @param threads the number of threads one operation uses
 * @param proofs which of its fast ways of computing are right on this processor
 */
public record EngineInfo(String libtorch, String cpu, int threads, EngineProofs proofs) {
    /**
     * Whether libtorch's own FLOAT32 products use all threads: precision {@code medium} gives them to oneDNN where there is
     * AVX512. With AMX oneDNN would round them to BFLOAT16, so that {@code highest} is chosen, and they, as those of other
     * processors, go to OpenBLAS.
     */
    boolean hasFastProducts() {
        return hasFastProducts(cpu);
    }

    static boolean hasFastProducts(String cpu) {
        return FastPath.PRODUCTS.isOpen() && cpu.startsWith("AVX512");
    }
}
