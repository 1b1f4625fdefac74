package org.lungo.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the fast ways of computing give right numbers on this processor. A finding on one processor is a finding on that
 * processor alone: the convolutions of libtorch 2.10 were right on Zen 4 and read memory that nobody wrote on Zen 5.
 *
 * @param all one for each way that is in use here; none with {@code LUNGO_ENGINE=plain}
 * @param millis how long the proofs took; 0 when they were remembered
 * @param remembered whether an earlier start made them: on the same processor, with the same versions and threads
 */
public record EngineProofs(List<EngineProof> all, double millis, boolean remembered) {
    /** The environment variable that closes all fast ways when it is {@value #PLAIN}. */
    public static final String VARIABLE = "LUNGO_ENGINE";

    /** The value of {@link #VARIABLE} for the slower ways alone. */
    public static final String PLAIN = "plain";

    public EngineProofs {
        all = List.copyOf(all);
    }

    /** Whether all proofs hold. */
    public boolean hold() {
        return all.stream().allMatch(EngineProof::holds);
    }

    /** Opens each path of {@code proofs} whose proofs hold and closes the others. A proof is made once in a {@code memory}. */
    static EngineProofs settle(List<Proof> proofs, ProofMemory memory) {
        long start = System.nanoTime();
        Map<String, Double> known = memory.recall();
        Map<String, Double> errors = new LinkedHashMap<>();
        List<EngineProof> all = new ArrayList<>();
        proofs.forEach(proof -> proof.path().open(true));
        for (Proof proof : proofs) {
            if (proof.path().isOpen() && proof.isNeeded()) {
                Double before = known.get(proof.name());
                double error = before == null ? proof.error() : before;
                errors.put(proof.name(), error);
                proof.path().open(error <= proof.limit());
                all.add(proof.found(error));
            }
        }
        boolean remembered = known.keySet().containsAll(errors.keySet());
        if (!remembered) {
            memory.keep(errors);
        }
        return new EngineProofs(all, remembered ? 0 : (System.nanoTime() - start) / 1e6, remembered);
    }

    /** Closes every path without a proof. */
    static EngineProofs plain() {
        for (FastPath path : FastPath.values()) {
            path.open(false);
        }
        return new EngineProofs(List.of(), 0, false);
    }
}
