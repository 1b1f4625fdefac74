package org.lungo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lungo.tensor.Trial.Operation;

class EngineProofsTest {
    @TempDir
    private Path folder;

    private boolean[] before = {};

    @BeforeEach
    void remember() {
        Engine.load();
        before = new boolean[FastPath.values().length];
        for (FastPath path : FastPath.values()) {
            before[path.ordinal()] = path.isOpen();
        }
    }

    @AfterEach
    void restore() {
        for (FastPath path : FastPath.values()) {
            path.open(before[path.ordinal()]);
        }
    }

    /** What the engine found here is what its paths do. Convolutions and attention of this version are right everywhere. */
    @Test
    void theEngineProvesWhatItUses() {
        List<EngineProof> proofs = Engine.info().proofs().all();
        assertThat(proofs)
                .extracting(EngineProof::name)
                .contains("products", "products in BFLOAT16", "convolutions", "convolutions in BFLOAT16", "attention");
        for (EngineProof proof : proofs) {
            assertThat(proof.holds()).as(proof.name()).isEqualTo(proof.error() <= proof.limit());
            if (!proof.name().startsWith("products")) {
                assertThat(proof.holds()).as(proof.name()).isTrue();
            }
        }
    }

    /** The real operation, and then what a kernel does that reads its padding: adds zero times memory that nobody wrote. */
    private static Operation dirty(Operation operation) {
        return x -> {
            var padding = torch.full(new long[] {300}, new Scalar(Float.NaN)).mul(new Scalar(0.0));
            return operation.of(x).add(padding.sum().to(x[0].scalar_type()));
        };
    }

    /** Operands rounded to 8 bits, as a processor does that takes FLOAT32 for BFLOAT16; of 4 bits for BFLOAT16. */
    private static Operation coarse(Operation operation) {
        return x -> {
            org.bytedeco.pytorch.Tensor[] rounded = x.clone();
            boolean half = x[0].scalar_type() == DType.BFLOAT16.scalarType();
            try (Scalar steps = new Scalar(half ? 8.0 : 256.0)) {
                rounded[0] = x[0].mul(steps).round().div(steps);
            }
            return operation.of(rounded);
        };
    }

    private static Operation missing(Operation operation) {
        return x -> {
            throw new IllegalArgumentException("no such operation");
        };
    }

    private static double error(FastPath path, Operation operation) {
        return switch (path) {
            case PRODUCTS -> Trials.products(operation);
            case LINEAR -> Trials.layers(operation);
            case HALF -> Trials.half(operation);
            case CONVOLUTION ->
                Math.max(
                        Trials.convolutions(DType.FLOAT32, operation),
                        Trials.convolutions(DType.BFLOAT16, operation) / 1000);
            case ATTENTION -> Trials.attention(operation);
        };
    }

    private static Operation right(FastPath path) {
        return switch (path) {
            case PRODUCTS -> x -> x[0].matmul(x[1]);
            case LINEAR, HALF -> Trials::linear;
            case CONVOLUTION -> Trials::convolution;
            case ATTENTION -> Trials::fused;
        };
    }

    private static double limit(FastPath path) {
        return path == FastPath.HALF ? Trials.ROUNDED : Trials.SUMS;
    }

    @ParameterizedTest
    @EnumSource
    void failsForAnOperationThatReadsUnwrittenMemoryRoundsOrIsMissing(FastPath path) {
        for (Operation wrong : List.of(dirty(right(path)), coarse(right(path)), missing(right(path)))) {
            Proof proof = new Proof("it", path, limit(path), () -> true, () -> error(path, wrong));
            EngineProofs proofs = EngineProofs.settle(List.of(proof), memory("here"));
            assertThat(proofs.hold()).isFalse();
            assertThat(path.isOpen()).isFalse();
            assertThat(proofs.all().get(0).way()).isEqualTo(path.way());
        }
        Proof proof = new Proof("it too", path, limit(path), () -> true, () -> error(path, right(path)));
        if (path != FastPath.PRODUCTS) { // medium rounds where there is AMX
            assertThat(EngineProofs.settle(List.of(proof), memory("there")).hold())
                    .isTrue();
            assertThat(path.isOpen()).isTrue();
        }
    }

    @Test
    void staysClosedWhenOneOfTwoProofsFails() {
        Proof right = new Proof("a", FastPath.CONVOLUTION, 1, () -> true, () -> 0.5);
        Proof wrong = new Proof("b", FastPath.CONVOLUTION, 1, () -> true, () -> Double.NaN);
        for (List<Proof> proofs : List.of(List.of(right, wrong), List.of(wrong, right))) {
            EngineProofs.settle(proofs, memory("here"));
            assertThat(FastPath.CONVOLUTION.isOpen()).isFalse();
        }
    }

    @Test
    void passesOverWhatTheMachineDoesNotUse() {
        Proof unused = new Proof("a", FastPath.LINEAR, 1, () -> false, () -> Double.NaN);
        assertThat(EngineProofs.settle(List.of(unused), memory("here")).all()).isEmpty();
        assertThat(FastPath.LINEAR.isOpen()).isTrue();
    }

    @Test
    void isMadeOnceUnderTheSameCircumstances() throws IOException {
        AtomicInteger made = new AtomicInteger();
        List<Proof> proofs = List.of(new Proof("a", FastPath.ATTENTION, 1, () -> true, () -> made.incrementAndGet()));
        assertThat(EngineProofs.settle(proofs, memory("Zen 4")).remembered()).isFalse();
        assertThat(EngineProofs.settle(proofs, memory("Zen 4")).remembered()).isTrue();
        assertThat(made).hasValue(1);
        EngineProofs other = EngineProofs.settle(proofs, memory("Zen 5"));
        assertThat(made).hasValue(2);
        assertThat(other.hold()).isFalse(); // 2 is over the limit
        assertThat(EngineProofs.settle(proofs, memory("Zen 4")).hold()).isTrue();
        assertThat(EngineProofs.settle(proofs, memory("Zen 5")).hold()).isFalse();
        assertThat(made).hasValue(2);
    }

    @Test
    void isMadeAgainWhenWhatIsRememberedIsDamaged() throws IOException {
        ProofMemory memory = memory("here");
        for (String damage : List.of("", "circumstances=here\na=much\n", "circumstances=there\na=1\n", "\\u12")) {
            memory.keep(Map.of("a", 1.0));
            assertThat(memory.recall()).containsOnlyKeys("a");
            try (Stream<Path> files = Files.list(folder)) {
                Files.writeString(files.findFirst().orElseThrow(), damage);
            }
            assertThat(memory.recall()).as(damage).isEmpty();
        }
    }

    @Test
    void isMadeAtEveryStartWhereNothingCanBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        AtomicInteger made = new AtomicInteger();
        List<Proof> proofs = List.of(new Proof("a", FastPath.ATTENTION, 9, () -> true, () -> made.incrementAndGet()));
        for (int start = 1; start <= 2; start++) {
            EngineProofs found = EngineProofs.settle(proofs, new ProofMemory(file.resolve("folder"), "here"));
            assertThat(found.hold()).isTrue();
            assertThat(made).hasValue(start);
        }
    }

    @Test
    void dependsOnProcessorThreadsAndVersions() throws IOException {
        String two = ProofMemory.of(folder, "2.13.0", 2).circumstances();
        assertThat(two)
                .contains("2 threads")
                .contains("libtorch 2.13.0")
                .contains("lungo 0.")
                .contains(Processor.identity());
        assertThat(ProofMemory.of(folder, "2.13.0", 1).circumstances()).isNotEqualTo(two);
    }

    private ProofMemory memory(String circumstances) {
        return new ProofMemory(folder, circumstances);
    }
}
