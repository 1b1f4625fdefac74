package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes, documents and error codes of this repository. */
class HouseTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int LONGEST = 400;
    private static final int LONGEST_METHOD = 40;
    private static final int MEDIAN = 100;

    @TempDir
    Path folder;

    @Test
    void filesStayShort() throws IOException {
        assertThat(longerThan(LONGEST, sources())).isEmpty();
        List<Long> sizes = sources().map(HouseTest::lines).sorted().toList();
        assertThat(sizes.get(sizes.size() / 2)).isLessThanOrEqualTo(MEDIAN);
        Path fits = Files.writeString(folder.resolve("Fits.java"), "//\n".repeat(LONGEST));
        Path tooLong = Files.writeString(folder.resolve("Long.java"), "//\n".repeat(LONGEST + 1));
        assertThat(longerThan(LONGEST, Stream.of(fits, tooLong))).containsExactly(tooLong);
    }

    @Test
    void methodsStayShort() throws IOException {
        assertThat(MethodSizes.longerThan(LONGEST_METHOD, sources().toList())).isEmpty();
        String body = "x();\n".repeat(LONGEST_METHOD - 2);
        Path file = Files.writeString(
                folder.resolve("Some.java"),
                "class Some {\n/** Not counted.\n */\nvoid fits() {\n" + body + "}\nvoid tooLong() {\n" + body
                        + "x();\n}\n}\n");
        assertThat(MethodSizes.longerThan(LONGEST_METHOD, List.of(file)))
                .containsExactly("Some.java: tooLong has 41 lines");
    }

    @Test
    void everyPackageSaysWhatItHolds() throws IOException {
        Set<Path> folders = sources().map(Path::getParent).collect(Collectors.toSet());
        assertThat(folders.stream().filter(place -> !isDescribed(place))).isEmpty();
        assertThat(isDescribed(folder)).isFalse();
        Files.writeString(folder.resolve("package-info.java"), "/** All. */\npackage all;\n");
        assertThat(isDescribed(folder)).isFalse();
    }

    @Test
    void everyErrorCodeIsDocumentedAndUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        sources().forEach(file -> used.addAll(matches("\\bE\\d{3}\\b", withoutComments(read(file)))));
        assertThat(matches("\\bE\\d{3}\\b", read(ROOT.resolve("docs/errors.md"))))
                .isEqualTo(used);
    }

    @Test
    void bothReadmesSayTheSame() {
        String english = read(ROOT.resolve("README.md"));
        String chinese = read(ROOT.resolve("README.zh.md"));
        assertThat(blocks(chinese)).isEqualTo(blocks(english)).isNotEmpty();
        assertThat(headings(chinese)).isEqualTo(headings(english)).isNotEmpty();
        assertThat(links(chinese)).isEqualTo(links(english)).isNotEmpty();
    }

    @Test
    void bothLaunchersBuildAndStartTheSame() {
        Map<String, String> patterns = Map.of(
                "mvn -q [^>)]*package",
                "lungo",
                "--sun-misc-unsafe\\S*=allow",
                "packaging/bin/lungo",
                "--enable-native-access\\S* -XX\\S* -Xlog\\S* -Xlog\\S*",
                "packaging/bin/lungo");
        patterns.forEach((pattern, launcher) -> assertThat(matches(pattern, read(ROOT.resolve("lungo.cmd"))))
                .isEqualTo(matches(pattern, read(ROOT.resolve(launcher))))
                .hasSize(1));
    }

    @Test
    void everyLinkedFileExists() {
        for (String name : new String[] {"README.md", "README.zh.md"}) {
            List<String> links = links(read(ROOT.resolve(name)));
            assertThat(links)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
        }
        assertThat(links("[a](docs/a.md) and [b](https://b.org) and [c](c.md#part)"))
                .containsExactly("docs/a.md", "c.md");
    }

    private static Stream<Path> sources() throws IOException {
        List<Path> files;
        try (Stream<Path> core = Files.walk(ROOT.resolve("lungo-core/src/main/java"));
                Stream<Path> server = Files.walk(ROOT.resolve("lungo-server/src/main/java"));
                Stream<Path> cli = Files.walk(ROOT.resolve("lungo-cli/src/main/java"))) {
            files = Stream.of(core, server, cli)
                    .flatMap(paths -> paths)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(100);
        return files.stream();
    }

    private static List<Path> longerThan(long limit, Stream<Path> files) {
        return files.filter(file -> lines(file) > limit).toList();
    }

    private static boolean isDescribed(Path folder) {
        Path info = folder.resolve("package-info.java");
        return Files.exists(info) && read(info).startsWith("/**") && read(info).contains("@NullMarked");
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "");
    }

    private static long lines(Path file) {
        return read(file).lines().count();
    }

    private static List<String> blocks(String text) {
        return Pattern.compile("(?s)```.*?```")
                .matcher(text)
                .results()
                .map(r -> r.group())
                .toList();
    }

    private static List<String> headings(String text) {
        return text.lines()
                .filter(l -> l.startsWith("#"))
                .map(l -> l.replaceAll("[^#].*", ""))
                .toList();
    }

    /** The files that a Markdown text links to, without addresses and places within a file. */
    private static List<String> links(String text) {
        return Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)")
                .matcher(text)
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(r -> r.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
