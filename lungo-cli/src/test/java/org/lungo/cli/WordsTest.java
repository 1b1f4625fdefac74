package org.lungo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {
    @TempDir
    Path folder;

    @Test
    void everyMistakeHasACode() {
        assertThat(mistake(Map.of(), "train"))
                .startsWith("error E200: Missing required parameter: 'DATA|CONFIG'")
                .contains("See lungo train --help");
        assertThat(mistake(Map.of(), "train", "a.csv", "--epohcs", "3")).startsWith("error E200: Unknown option");
        assertThat(mistake(Map.of(), "train", "a.csv", "--sede=3")).contains("did you mean '--seed'?");
        assertThat(mistake(Map.of(), "trian", "a.csv"))
                .startsWith("error E200: expected a command of lungo: train, evaluate, ")
                .contains(". Received: trian; did you mean 'train'?");
    }

    @Test
    void aVariableIsNamed() {
        Map<String, String> wrong = Map.of("LUNGO_SEED", "x");
        assertThat(mistake(wrong, "train", "a.csv"))
                .startsWith("error E200: LUNGO_SEED=x: Invalid value for option '--seed'");
        assertThat(mistake(wrong, "train", "a.csv", "--seed", "y"))
                .startsWith("error E200: Invalid value for option '--seed'");
        assertThat(mistake(wrong, "train", "a.csv", "--seed=y")).doesNotContain("LUNGO_SEED");
    }

    @Test
    void anUnknownVerbIsRefusedEvenWithHelp() {
        assertThat(mistake(Map.of(), "nosuchverb", "--help")).startsWith("error E200: expected a command of lungo");
        assertThat(run(Map.of(), "train", "--help").code()).isZero();
        assertThat(run(Map.of(), "--help").out()).contains("train");
    }

    @Test
    void targetsMayBeGivenInTwoWays() throws IOException {
        String data = table();
        String together = listing(Map.of(), data, "--target", "a,b");
        String apart = listing(Map.of(), data, "--target", "a", "--target", "b");
        assertThat(untimed(apart)).isEqualTo(untimed(together));
        assertThat(together).containsPattern("target.columns +\\[\"a\",\"b\"] +--target\\R");
    }

    @Test
    void aListingNamesFlagsAndVariables() throws IOException {
        Map<String, String> environment = Map.of("LUNGO_SEED", "7", "LUNGO_TARGET", "a");
        assertThat(listing(environment, table()))
                .containsPattern("(?m)^seed +7 +LUNGO_SEED$")
                .containsPattern("(?m)^target.column +a +LUNGO_TARGET$")
                .containsPattern("(?m)^target.task +binary +inferred: 2 classes$")
                .containsPattern("(?m)^data.split.type +stratified +inferred: 2 classes$");
        assertThat(listing(environment, table(), "--seed", "8")).containsPattern("(?m)^seed +8 +--seed$");
    }

    @Test
    void machinesReadDoctorAndInit() throws IOException {
        assertThat(run(Map.of(), "doctor", "--json").out())
                .startsWith("{\"java\":")
                .contains("\"proofs\":")
                .contains("\"cuda\":");
        String config = folder.resolve("a.yaml").toString();
        assertThat(run(Map.of(), "init", table(), "--target", "a", "--out", config, "--json")
                        .out())
                .contains("\"config\":", "\"next\":\"lungo check " + config);
    }

    private static String listing(Map<String, String> environment, String data, String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "check";
        words[1] = data;
        System.arraycopy(more, 0, words, 2, more.length);
        Shown shown = run(environment, words);
        assertThat(shown.err()).isEmpty();
        return shown.out();
    }

    /** A listing without its last line, whose time is measured anew by each command. */
    private static String untimed(String listing) {
        assertThat(listing).containsPattern("(?m)^time +about ");
        return listing.replaceAll("(?m)^time .*$", "time");
    }

    private static String mistake(Map<String, String> environment, String... words) {
        Shown shown = run(environment, words);
        assertThat(shown.code()).isEqualTo(2);
        assertThat(shown.out()).isEmpty();
        return shown.err();
    }

    private record Shown(int code, String out, String err) {}

    private static Shown run(Map<String, String> environment, String... words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream failed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(failed, true, StandardCharsets.UTF_8));
        try {
            int code = Lungo.run(environment, words);
            return new Shown(code, written.toString(StandardCharsets.UTF_8), failed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private String table() throws IOException {
        StringBuilder text = new StringBuilder("x,a,b\n");
        for (int i = 0; i < 80; i++) {
            text.append(Math.sin(i)).append(i % 2 == 0 ? ",yes" : ",no").append(i % 3 == 0 ? ",1\n" : ",0\n");
        }
        return Files.writeString(folder.resolve("rows.csv"), text).toString();
    }
}
