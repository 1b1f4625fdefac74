package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lungo.cli.Lungo;

/** Java in a locale of ASCII and in one of UTF-8, without and with what the start scripts do about it. */
class LocaleTest {
    @TempDir
    private Path folder;

    /** A command's exit code and what it wrote, as UTF-8. */
    private record Said(int code, String text) {}

    @BeforeEach
    void table() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        Files.writeString(folder.resolve("plain.csv"), "größe,été\n1,oui\n2,non\n");
    }

    @Test
    void outputIsUtf8InAnyLocale() throws Exception {
        for (String locale : List.of("C", "C.UTF-8")) {
            Said said = lungo(locale, "init", "plain.csv", "--target", "y");
            assertThat(said.text())
                    .as(locale)
                    .contains("error E200: no column 'y'. Columns: größe, été")
                    .doesNotContain("?");
        }
        Files.writeString(folder.resolve("plain.yaml"), "version: 1\ndata: plain.csv\ntarget: été\n");
        assertThat(lungo("C", "check", "plain.yaml").text()).containsPattern("target.column +été");
    }

    @Test
    void wordsThatJavaCannotReadAreRefusedAndOthersAreRead() throws Exception {
        Said said = lungo("C", "init", "plain.csv", "--target", "été");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text())
                .startsWith("error E200: an argument must be text in ANSI_X3.4-1968, the encoding of the locale."
                        + " Received: '\uFFFD\uFFFDt\uFFFD\uFFFD'")
                .contains("set LC_ALL to a locale of UTF-8, such as C.UTF-8");
        assertThat(lungo("C.UTF-8", "init", "plain.csv", "--target", "été", "--out", "été.yaml")
                        .code())
                .isZero();
        assertThat(folder.resolve("été.yaml")).content().contains("target: 'été'", "'größe': number");
    }

    private Said lungo(String locale, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                Lungo.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
