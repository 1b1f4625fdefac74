package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done beside and after a command, so that the next one starts sooner; packaging/smoke tries whole archives. */
class StartTest {
    @TempDir
    private Path folder;

    @Test
    void triesOutWhatMostUsersStart() throws Exception {
        Path list = folder.resolve("classes.lst");
        Path place = Files.createDirectory(folder.resolve("place"));
        Process trial = started(process(null, "-XX:DumpLoadedClassList=" + list, "-Dlungo.trial=" + place));
        assertThat(trial.exitValue()).as(log()).isZero();
        assertThat(place.resolve("run/metrics.json")).exists();
        assertThat(Files.readAllLines(list).stream()
                        .map(line -> line.replaceFirst(" .*", ""))) // a number, from Java 19 on
                .contains(
                        "org/lungo/family/tables/training/Fitting",
                        "org/lungo/family/tables/SharedPredictor",
                        "org/lungo/server/ModelServer",
                        "org/eclipse/jetty/server/internal/HttpConnection",
                        "org/bytedeco/pytorch/Tensor",
                        "org/duckdb/DuckDBNative");
    }

    @Test
    void endsWithTheCodeOfTheCommandWhileTheEngineLoads() throws Exception {
        Process command = started(process(null, "train", "none.csv", "--set", "seed=1", "--set", "seed=2"));
        assertThat(command.exitValue()).as(log()).isEqualTo(3);
        assertThat(log()).startsWith("error E301: ");
    }

    /** A flight recording looks at every class as an agent does. */
    @Test
    void startsFromTheArchiveThatAnEarlierCommandMade() throws Exception {
        String jars = jars();
        Path archive = folder.resolve("cache/lungo-classes/own.jsa");
        Process first = started(process(jars, "-Dlungo.classes=" + archive, "-Dlungo.classes.wait=true", "--version"));
        assertThat(first.exitValue()).as(log()).isZero();
        assertThat(archive).isNotEmptyFile();
        Path loaded = folder.resolve("loaded");
        Process second = started(process(
                jars,
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:class+load:file=" + loaded,
                "-XX:StartFlightRecording=filename=" + folder.resolve("flight.jfr"),
                "doctor",
                "--json"));
        assertThat(second.exitValue()).as(log()).isZero();
        try (Stream<String> classes = Files.lines(loaded)) {
            assertThat(classes.filter(line -> line.contains("shared objects file")
                            && (line.contains(" org.lungo.") || line.contains(" picocli."))))
                    .hasSizeGreaterThan(100);
        }
    }

    /** All jars of the class path in one folder, folders of it as jars: an archive is made of jars alone. */
    private String jars() throws IOException {
        Path lib = Files.createDirectory(folder.resolve("lib"));
        List<String> all = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path place = Path.of(entry);
            Path jar = lib.resolve(all.size() + ".jar");
            if (Files.isRegularFile(place)) {
                Files.createSymbolicLink(jar, place);
            } else if (Files.isDirectory(place) && !place.endsWith("test-classes")) {
                pack(place, jar);
            } else {
                continue;
            }
            all.add(jar.toString());
        }
        return String.join(File.pathSeparator, all);
    }

    @AfterEach
    void removeLinks() throws IOException {
        Path lib = folder.resolve("lib");
        if (Files.exists(lib)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "*.jar")) {
                for (Path jar : jars) {
                    Files.delete(jar);
                }
            }
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    /** Java makes none where the class path begins with a folder. */
    @Test
    @Tag("slow")
    void remembersThatAnArchiveCannotBeMade() throws Exception {
        String jars = jars();
        Path classes = Files.createDirectory(folder.resolve("lib/classes"));
        Files.writeString(classes.resolve("own.properties"), "");
        jars = classes + File.pathSeparator + jars;
        Path archive = folder.resolve("cache/lungo-classes/own.jsa");
        Process command =
                started(process(jars, "-Dlungo.classes=" + archive, "-Dlungo.classes.wait=true", "--version"));
        assertThat(command.exitValue()).as(log()).isZero();
        assertThat(log()).matches("lungo \\S+\\R");
        assertThat(archive).isEmptyFile();
        assertThat(Files.getPosixFilePermissions(archive.getParent())).hasSize(3);
        try (Stream<Path> left = Files.list(archive.getParent())) {
            assertThat(left).hasSize(2); // the archive and the lock
        }
    }

    @Test
    void makesNoArchiveWhereNothingCanBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Process command = started(process(
                jars(), "-Dlungo.classes=" + file.resolve("own.jsa"), "-Dlungo.classes.wait=true", "--version"));
        assertThat(command.exitValue()).as(log()).isZero();
        assertThat(log()).matches("lungo \\S+\\R");
    }

    /**
     * The program, with options of Java before its words.
     *
     * @param jars its class path; null for that of the tests
     */
    private ProcessBuilder process(@Nullable String jars, String... words) {
        ProcessBuilder builder = Shell.process(folder, folder.resolve("log"));
        List<String> command = builder.command();
        if (jars != null) {
            command.set(command.indexOf("-cp") + 1, jars);
        }
        int main = command.size() - 1;
        for (String word : words) {
            command.add(word.startsWith("-D") || word.startsWith("-X") ? main++ : command.size(), word);
        }
        return builder;
    }

    private Process started(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).as(log()).isTrue();
        return process;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }
}
