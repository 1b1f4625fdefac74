package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start scripts, with a JDK and a Maven that only say how they were called. */
class LauncherTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String JAVA = """
            #!/bin/sh
            [ "$1" != -version ] || { echo 'openjdk version "17.0.2"' >&2; exit; }
            echo "LC_ALL=${LC_ALL-none}"
            for word in "$@"; do echo "$word"; done
            """;
    private static final String MAVEN = """
            #!/bin/sh
            mkdir -p lungo-cli/target/dist/lib
            touch lungo-cli/target/lungo-cli-1.jar
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void programs() throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"));
        program("jdk/bin/java", JAVA);
        program("jdk/bin/javac", JAVA);
        program("bin/mvn", MAVEN);
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        for (String file : List.of("pom.xml", "lungo-core/pom.xml", "lungo-server/pom.xml", "lungo-cli/pom.xml")) {
            write(folder.resolve("src").resolve(file), "<project/>");
        }
        for (String module : List.of("lungo-core", "lungo-server", "lungo-cli")) {
            write(folder.resolve("src").resolve(module).resolve("src/main/A B.java"), "class A {}");
        }
        Files.copy(ROOT.resolve("lungo"), folder.resolve("src/lungo"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(folder.resolve("archive/bin"));
        String launcher = Files.readString(ROOT.resolve("packaging/bin/lungo"));
        program("archive/bin/lungo", launcher);
        program("src/packaging/bin/lungo", launcher);
        for (String jar : List.of("b.jar", "B.jar", "a b.jar")) {
            write(folder.resolve("archive/lib").resolve(jar), "");
        }
    }

    @Test
    void givesJavaALocaleOfUtf8WhereTheOwnIsAscii() throws Exception {
        program("bin/locale", """
                #!/bin/sh
                [ "$1" = charmap ] || { printf 'C\\nPOSIX\\nxx_XX.utf8\\n'; exit; }
                case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
                  en_US.UTF-8 | xx_XX.utf8) echo UTF-8 ;;
                  zh_CN.GB18030) echo GB18030 ;;
                  *) echo ANSI_X3.4-1968 ;;
                esac
                """);
        for (String launcher : List.of("src/lungo", "archive/bin/lungo")) {
            for (Map<String, String> ascii :
                    List.of(Map.<String, String>of(), Map.of("LANG", "C"), Map.of("LC_ALL", "de_DE.UTF-8"))) {
                assertThat(said(launcher, ascii)).as(launcher + ascii).startsWith("LC_ALL=en_US.UTF-8\n");
            }
            assertThat(said(launcher, Map.of("LC_ALL", "POSIX", "LANG", "en_US.UTF-8")))
                    .startsWith("LC_ALL=en_US.UTF-8\n");
            for (String own : List.of("en_US.UTF-8", "xx_XX.utf8", "zh_CN.GB18030")) {
                assertThat(said(launcher, Map.of("LANG", own))).as(own).startsWith("LC_ALL=none\n");
                assertThat(said(launcher, Map.of("LC_ALL", own))).startsWith("LC_ALL=" + own + "\n");
            }
        }
    }

    @Test
    void takesAnyLocaleOfUtf8ThatThereIs() throws Exception {
        program("bin/locale", """
                #!/bin/sh
                [ "$1" = charmap ] || { printf 'C\\nPOSIX\\nxx_XX.utf8\\n'; exit; }
                [ "$LC_ALL" = xx_XX.utf8 ] && echo UTF-8 || echo US-ASCII
                """);
        assertThat(said("src/lungo", Map.of())).startsWith("LC_ALL=xx_XX.utf8\n");
        program("bin/locale", "#!/bin/sh\n[ \"$1\" != charmap ] || echo US-ASCII\n");
        assertThat(said("src/lungo", Map.of())).startsWith("LC_ALL=none\n");
        program("bin/locale", "#!/bin/sh\nexit 127\n");
        assertThat(said("src/lungo", Map.of())).startsWith("LC_ALL=C.UTF-8\n");
        assertThat(said("src/lungo", Map.of("LANG", "de_DE.UTF-8"))).startsWith("LC_ALL=none\n");
    }

    /** Nothing but PATH and JAVA_HOME is in the environment. */
    @Test
    void needsNoHome() throws Exception {
        for (String launcher : List.of("src/lungo", "archive/bin/lungo")) {
            assertThat(said(launcher, Map.of(), "train", "été.csv", "a b")).contains("\ntrain\nété.csv\na b\n");
        }
    }

    @Test
    void listsTheJarsInOneOrder() throws Exception {
        String lib = folder.resolve("archive/lib").toString();
        for (String language : List.of("C", "en_US.UTF-8", "de_DE.UTF-8")) {
            assertThat(said("archive/bin/lungo", Map.of("LC_ALL", language, "LUNGO_DRIVERS", "/opt/drivers")))
                    .contains(lib + "/B.jar:" + lib + "/a b.jar:" + lib + "/b.jar:/opt/drivers/*\n");
        }
    }

    @Test
    void readsTheVersionOfJavaWithoutStartingIt() throws Exception {
        assertThat(said("archive/bin/lungo", Map.of()))
                .contains("-17.0.1.jsa\n")
                .doesNotContain("unsafe");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        assertThat(said("archive/bin/lungo", Map.of()))
                .contains("-25.jsa\n", "--sun-misc-unsafe-memory-access=allow\n");
        Files.delete(folder.resolve("jdk/release"));
        assertThat(said("archive/bin/lungo", Map.of()))
                .contains("-17.0.2.jsa\n")
                .doesNotContain("unsafe");
    }

    @Test
    void takesTheArchiveOfClassesOrAsksForOne() throws Exception {
        Map<String, String> cache =
                Map.of("LUNGO_CACHE", folder.resolve("own cache").toString());
        String asked = said("archive/bin/lungo", cache);
        assertThat(asked).containsOnlyOnce("\n-Dlungo.classes=" + folder + "/own cache/lungo-classes/");
        Path classes = Path.of(asked.replaceFirst("(?s).*-Dlungo.classes=([^\n]*)\n.*", "$1"));
        write(classes, "");
        assertThat(said("archive/bin/lungo", cache))
                .as("it cannot be made")
                .contains("\n-Xshare:auto\n")
                .doesNotContain(classes.toString());
        write(classes, "classes");
        assertThat(said("archive/bin/lungo", cache)).contains("\n-XX:SharedArchiveFile=" + classes + "\n");
        FileTime later = FileTime.from(Instant.now().plusSeconds(60));
        Files.setLastModifiedTime(folder.resolve("archive/lib"), later);
        assertThat(said("archive/bin/lungo", cache)).as("other jars").contains("\n-Dlungo.classes=" + classes + "\n");
        Path beside = write(folder.resolve("archive/lib/classes.jsa"), "classes");
        Files.setLastModifiedTime(folder.resolve("archive/lib"), later);
        assertThat(said("archive/bin/lungo", cache)).contains("\n-XX:SharedArchiveFile=" + beside + "\n");
    }

    /** So that the commands that are shown can be copied. */
    @Test
    void saysHowItWasCalled() throws Exception {
        for (String launcher : List.of("src/lungo", "archive/bin/lungo")) {
            Path path = folder.resolve(launcher);
            assertThat(said(launcher, Map.of())).contains("\n-Dlungo.called=" + path + "\n");
            assertThat(said(
                            launcher,
                            Map.of("PATH", path.getParent() + ":" + folder.resolve("bin") + ":/usr/bin:/bin")))
                    .contains("\n-Dlungo.called=lungo\n");
        }
    }

    @Test
    void doesWithoutTheBestCodeWhereItIsOverInASecond() throws Exception {
        for (List<String> words : List.of(
                List.of("--help"),
                List.of("predict", "run", "--row={}"),
                List.of("predict", "run", "--row", "{}"),
                List.of("inspect", "run"))) {
            assertThat(said("archive/bin/lungo", Map.of(), words.toArray(String[]::new)))
                    .as("%s", words)
                    .contains("\n-XX:TieredStopAtLevel=1\n");
        }
        assertThat(said("archive/bin/lungo", Map.of(), "train", "runs", "a.csv"))
                .contains("\n-XX:Tier4InvocationThreshold=25000\n")
                .doesNotContain("StopAtLevel");
    }

    @Test
    void buildsAgainWhenSourcesChangeAndNotWhenTheyAreCopied() throws Exception {
        assertThat(said("src/lungo", Map.of())).contains("Building Lungo");
        assertThat(said("src/lungo", Map.of())).doesNotContain("Building Lungo");
        Path source = folder.resolve("src/lungo-core/src/main/A B.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3600)));
        Files.delete(folder.resolve("bin/mvn"));
        assertThat(said("src/lungo", Map.of())).as("a newer time alone").doesNotContain("Building", "Maven");
        program("bin/mvn", MAVEN);
        Path old = write(folder.resolve("src/lungo-cli/target/dist/lib/lungo-core-0.1.0.jar"), "another version");
        Path own = write(folder.resolve("src/lungo-cli/target/lungo-cli-0.1.0.jar"), "another version");
        for (String change : List.of("content", "name", "resource")) {
            FileTime past = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
            switch (change) {
                case "content" -> Files.writeString(source, "class B {}");
                case "name" -> source = Files.move(source, source.resolveSibling("B.java"));
                default -> source = Files.createFile(source.resolveSibling("empty.txt"));
            }
            Files.setLastModifiedTime(source, past);
            assertThat(said("src/lungo", Map.of())).as(change).contains("Building Lungo");
            assertThat(said("src/lungo", Map.of())).as(change).doesNotContain("Building Lungo");
        }
        assertThat(old).doesNotExist();
        assertThat(own).doesNotExist();
        Files.createFile(source.resolveSibling(".B.java.swp"));
        assertThat(said("src/lungo", Map.of())).as("an editor's file").doesNotContain("Building Lungo");
    }

    private String said(String launcher, Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.resolve(launcher).toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.replaceFirst("(?s)^(Building Lungo[^\n]*\n)(.*)", "$2$1");
    }

    private void program(String name, String text) throws IOException {
        write(folder.resolve(name), text).toFile().setExecutable(true);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
