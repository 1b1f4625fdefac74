package org.lungo.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * The errors that earlier starts measured under the same circumstances, in a file for each, because a home folder and a
 * container image are used on several processors. Where it cannot be written, every start measures again.
 *
 * @param folder holds the files
 * @param circumstances what the errors depend on
 */
record ProofMemory(Path folder, String circumstances) {
    private static final String CIRCUMSTANCES = "circumstances";

    /** Changes with the proofs themselves. */
    private static final int REVISION = 1;

    /** Variables that change which instructions the libraries use. */
    private static final List<String> VARIABLES = List.of(
            "ATEN_CPU_CAPABILITY",
            "DNNL_DEFAULT_FPMATH_MODE",
            "DNNL_MAX_CPU_ISA",
            "ONEDNN_DEFAULT_FPMATH_MODE",
            "ONEDNN_MAX_CPU_ISA",
            "OPENBLAS_CORETYPE",
            "TORCH_MKLDNN_MATMUL_MIN_DIM");

    /** For this process. */
    static ProofMemory of(Path cache, String libtorch, int threads) throws IOException {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().retainAll(VARIABLES);
        return new ProofMemory(
                cache.resolve("lungo"),
                String.join(
                        "; ",
                        "lungo " + version() + " proofs " + REVISION,
                        "libtorch " + libtorch,
                        threads + " threads",
                        Processor.identity(),
                        environment.toString()));
    }

    /** What was measured, by the name of the proof; empty when nothing was, or the file is damaged. */
    Map<String, Double> recall() {
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file())) {
            stored.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return Map.of();
        }
        if (!circumstances.equals(stored.remove(CIRCUMSTANCES))) {
            return Map.of();
        }
        Map<String, Double> errors = new TreeMap<>();
        try {
            stored.forEach((name, value) -> errors.put((String) name, Double.valueOf((String) value)));
        } catch (NumberFormatException e) {
            return Map.of();
        }
        return errors;
    }

    /** Keeps them for other starts, if possible. */
    void keep(Map<String, Double> errors) {
        Properties stored = new Properties();
        errors.forEach((name, error) -> stored.setProperty(name, Double.toString(error)));
        stored.setProperty(CIRCUMSTANCES, circumstances);
        try {
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, "proofs-", ".writing");
            try (Writer writer = Files.newBufferedWriter(written)) {
                stored.store(writer, "What Lungo's engine was proved to do right");
            }
            Files.move(written, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LoggerFactory.getLogger(ProofMemory.class).debug("proofs are not kept: {}", e.toString());
        }
    }

    private Path file() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(circumstances.getBytes(StandardCharsets.UTF_8));
            return folder.resolve("proofs-" + HexFormat.of().formatHex(digest, 0, 8) + ".properties");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String version() throws IOException {
        try (InputStream in = Objects.requireNonNull(ProofMemory.class.getResourceAsStream("/org/lungo/version.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
