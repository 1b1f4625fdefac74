package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    @TempDir
    private static Path folder;

    private static Path script;

    @BeforeAll
    static void print() throws IOException {
        Shell printed = Shell.run("completion", "bash");
        assertThat(printed.code()).as(printed.err()).isZero();
        script = Files.writeString(folder.resolve("lungo.bash"), printed.out());
        assertThat(Shell.run("completion", "zsh").out()).isEqualTo(printed.out());
    }

    @Test
    void isAScriptOfBash() throws Exception {
        assertThat(bash("-n", script.toString())).isEmpty();
    }

    @Test
    void completesCommands() throws Exception {
        assertThat(completed("lungo", "tr")).containsExactlyInAnyOrder("train", "translate");
        assertThat(completed("lungo", "runs", "pr")).containsExactly("prune");
    }

    @Test
    void completesFlagsAndThoseOfFamilies() throws Exception {
        assertThat(completed("lungo", "train", "--t")).contains("--target");
        assertThat(completed("lungo", "train", "--fa")).containsExactly("--family");
        assertThat(completed("lungo", "export", "--quan")).containsExactly("--quantize");
        assertThat(completed("lungo", "train", "--progress", "")).containsExactly("bar", "plain", "json", "none");
    }

    /** The shell finds it for the launcher of a clone as well: by the name behind the last slash. */
    @Test
    void completesThePathOfTheLauncher() throws Exception {
        String registered =
                bash("-c", "source '" + script + "'; complete -p lungo").get(0);
        assertThat(registered).startsWith("complete ").endsWith(" lungo").contains("-F _complete_lungo");
        assertThat(completed("./lungo", "tr")).containsExactlyInAnyOrder("train", "translate");
    }

    @Test
    void writesLinesForFish() {
        String fish = Shell.run("completion", "fish").out();
        assertThat(fish.lines()).allMatch(line -> line.startsWith("complete -c lungo "));
        assertThat(fish)
                .contains(
                        "complete -c lungo -n '__fish_use_subcommand' -f -a 'train' -d 'Train, evaluate and store a model'\n")
                .contains("complete -c lungo -n '__fish_seen_subcommand_from train' -l target -r -d ")
                .contains("-n '__fish_seen_subcommand_from train' -l family ")
                .contains(" -l progress -x -a 'bar plain json none' -d ")
                .contains("-n '__fish_seen_subcommand_from runs; and not __fish_seen_subcommand_from ")
                .contains("-n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n")
                .doesNotContain("${");
    }

    @Test
    void refusesOtherShells() {
        Shell refused = Shell.run("completion", "tcsh");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("expected one of [BASH, ZSH, FISH] (case-insensitive)")
                .contains("but was 'tcsh'");
    }

    /** What the shell would offer behind these words. */
    private static List<String> completed(String... words) throws Exception {
        String line = String.join(" ", words);
        String quoted = "'" + String.join("' '", words) + "'";
        return bash(
                "-c",
                "source '" + script + "'; COMP_WORDS=(" + quoted + "); COMP_CWORD=" + (words.length - 1)
                        + "; COMP_LINE='" + line + "'; COMP_POINT=" + line.length()
                        + "; _complete_lungo 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    private static List<String> bash(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
    }
}
