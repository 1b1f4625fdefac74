package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.tensor.Engine;
import org.lungo.tensor.EngineProof;
import org.lungo.tensor.EngineProofs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code doctor} says of the engine. */
class DoctorCommandTest {
    @TempDir
    private Path folder;

    @Test
    void showsEachProof() {
        EngineProofs proofs = Engine.info().proofs();
        String said = Shell.run("doctor").out();
        assertThat(said)
                .contains("engine    " + (proofs.hold() ? "computes right" : "computes wrong in part"))
                .contains(" on memory full of NaN");
        JsonNode printed = JsonMapper.shared()
                .readTree(Shell.run("doctor", "--json").out())
                .get("proofs");
        assertThat(printed.get("all").size()).isEqualTo(proofs.all().size()).isPositive();
        for (EngineProof proof : proofs.all()) {
            assertThat(said)
                    .contains((proof.holds() ? "right " : "WRONG ") + proof.name() + ": error ")
                    .contains("; computed by " + proof.way());
        }
        assertThat(printed.get("all").get(0).get("name").asString()).isEqualTo("products");
    }

    /** Processes of their own, because the engine loads once: found, remembered, and left out. */
    @Test
    @Tag("slow")
    void saysWhereTheyComeFrom() throws IOException, InterruptedException {
        assertThat(doctor("")).containsPattern("on memory full of NaN.* \\(found in \\d+ ms\\)");
        assertThat(doctor("")).contains("(found at an earlier start)");
        assertThat(doctor("plain")).contains("engine    only the slower implementations, by LUNGO_ENGINE=plain");
    }

    private String doctor(String engine) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.cachedir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "org.lungo.cli.Lungo",
                "doctor"));
        builder.environment().put(EngineProofs.VARIABLE, engine);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
