package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes, documents and error codes of this repository. */
class HouseTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int LONGEST = 400;
    private static final int MEDIAN = 100;

    @Test
    void filesStayShort() throws IOException {
        List<Long> sizes = sources().map(HouseTest::lines).sorted().toList();
        sources().forEach(file -> assertThat(lines(file)).as(file.toString()).isLessThanOrEqualTo(LONGEST));
        assertThat(sizes.get(sizes.size() / 2)).isLessThanOrEqualTo(MEDIAN);
    }

    @Test
    void everyPackageSaysWhatItHolds() throws IOException {
        Set<Path> folders = sources().map(Path::getParent).collect(Collectors.toSet());
        for (Path folder : folders) {
            assertThat(read(folder.resolve("package-info.java")))
                    .as(folder.toString())
                    .contains("@NullMarked");
        }
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
    }

    @Test
    void bothLaunchersBuildAndStartTheSame() {
        for (String pattern : List.of("mvn -q [^>)]*package", "--enable-native-access\\S* -XX\\S* -Xshare\\S*")) {
            assertThat(matches(pattern, read(ROOT.resolve("lungo.cmd"))))
                    .isEqualTo(matches(pattern, read(ROOT.resolve("lungo"))))
                    .hasSize(1);
        }
    }

    @Test
    void everyLinkedFileExists() {
        for (String name : new String[] {"README.md", "README.zh.md"}) {
            Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(read(ROOT.resolve(name)));
            while (link.find()) {
                assertThat(ROOT.resolve(link.group(1))).exists();
            }
        }
    }

    private static Stream<Path> sources() throws IOException {
        List<Path> files;
        try (Stream<Path> core = Files.walk(ROOT.resolve("lungo-core/src/main/java"));
                Stream<Path> cli = Files.walk(ROOT.resolve("lungo-cli/src/main/java"))) {
            files = Stream.concat(core, cli)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(100);
        return files.stream();
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
