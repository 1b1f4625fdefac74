package org.lungo.cli;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An archive of the classes that a start needs, in the form that this JVM maps into memory (class data sharing, JEP 310),
 * which halves the time of a start. The start script names the file, and Java takes it where it fits and passes over it
 * silently where not. The first command that ends without one has it made by a process of its own: {@link TrialRun} lists the
 * classes, and Java writes them. An empty file says that it cannot be made here.
 */
final class ClassArchive {
    /** The property that names the archive, set where there is none yet. */
    static final String PROPERTY = "lungo.classes";

    /** The property that asks for a trial run, and names its folder. */
    static final String TRIAL = "lungo.trial";

    /** The property that asks to wait until it is made. */
    private static final String WAIT = "lungo.classes.wait";

    private static final String MAKING = "making-";
    private static final int LIMIT_MINUTES = 5;

    private ClassArchive() {}

    /** Starts the process that makes the archive, where the start script asked for it, and does not wait for it. */
    static void makeLater(Class<?> main) {
        String file = System.getProperty(PROPERTY);
        if (file == null) {
            return;
        }
        List<String> command = java();
        command.addAll(List.of("-cp", classPath(), ClassArchive.class.getName(), file, main.getName()));
        try {
            Process making = startNicely(command);
            if (Boolean.getBoolean(WAIT)) {
                await(making);
            }
        } catch (IOException e) {
            // the next command tries again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Behind all other work, where the system has the command for it. */
    private static Process startNicely(List<String> command) throws IOException {
        List<String> nice = new ArrayList<>(List.of("nice", "-n", "19"));
        nice.addAll(command);
        try {
            return start(nice, null);
        } catch (IOException e) {
            return start(command, null);
        }
    }

    /** Makes the archive: words are its file and the class that Java is started with. */
    public static void main(String[] words) throws IOException, InterruptedException {
        Path archive = Path.of(words[0]);
        Path folder = archive.toAbsolutePath().getParent();
        if (folder == null || !NativeCache.makeOwn(folder)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                make(archive, folder, words[1]);
            }
        }
    }

    private static void make(Path archive, Path folder, String main) throws IOException, InterruptedException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, MAKING + "*")) {
            for (Path interrupted : left) {
                delete(interrupted);
            }
        }
        Path work = Files.createTempDirectory(folder, MAKING);
        try {
            Path list = work.resolve("classes.lst");
            Path listed = work.resolve("listed.lst");
            Path made = work.resolve("made.jsa");
            List<String> trial = java();
            trial.addAll(
                    List.of("-XX:DumpLoadedClassList=" + listed, "-D" + TRIAL + "=" + work, "-cp", classPath(), main));
            List<String> dump = java();
            dump.addAll(List.of(
                    "-Xshare:dump",
                    "-XX:SharedClassListFile=" + list,
                    "-XX:SharedArchiveFile=" + made,
                    "-cp",
                    classPath()));
            boolean done =
                    await(start(trial, work)) && choose(listed, list) && await(start(dump, work)) && Files.exists(made);
            Files.move(
                    done ? made : Files.createFile(work.resolve("none")),
                    archive,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            delete(work);
        }
    }

    /** Without what Java 17 would make anew for the archive: an agent, or a flight recording, then crashes it. */
    private static boolean choose(Path listed, Path list) throws IOException {
        try (Stream<String> lines = Files.lines(listed)) {
            Files.write(list, (Iterable<String>) lines.filter(line -> !line.startsWith("@lambda-form"))::iterator);
        }
        return true;
    }

    private static List<String> java() {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC"));
    }

    /** Lungo's own jars, without the drivers that users put behind them: an archive fits a class path that it begins. */
    private static String classPath() {
        String[] all = System.getProperty("java.class.path").split(File.pathSeparator);
        String folder = new File(all[0]).getParent();
        return Arrays.stream(all)
                .takeWhile(jar -> String.valueOf(new File(jar).getParent()).equals(folder))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Process start(List<String> command, @Nullable Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("LUNGO_") && !name.equals(NativeCache.VARIABLE));
        return builder.directory(folder == null ? null : folder.toFile()).start();
    }

    private static boolean await(Process process) throws InterruptedException {
        try {
            return process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
