package org.lungo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
    private final Properties before = (Properties) System.getProperties().clone();

    @TempDir
    private Path folder;

    private Path temporary;

    @BeforeEach
    void aUserWithoutHome() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        System.clearProperty("org.bytedeco.javacpp.cachedir");
        System.setProperty("java.io.tmpdir", temporary.toString());
        System.setProperty("user.home", "?");
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    @Test
    void isInTheHomeFolder() {
        System.setProperty("user.home", folder.toString());
        assertThat(chosen(Map.of("HOME", temporary.toString()))).isEqualTo(folder.resolve(".javacpp/cache"));
        assertThat(System.getProperty("org.bytedeco.javacpp.cachedir")).isNull();
    }

    @Test
    void isInTheEnvironmentsHomeForAUserWhomTheSystemDoesNotKnow() {
        assertThat(chosen(Map.of("HOME", folder.toString()))).isEqualTo(folder.resolve(".javacpp/cache"));
        assertThat(System.getProperty("user.home")).isEqualTo(folder.toString());
    }

    @Test
    void isAmongTheTemporaryFilesWithoutAnyHome() throws IOException {
        for (Map<String, String> environment : List.of(
                Map.<String, String>of(),
                Map.of("HOME", ""),
                Map.of("HOME", folder.resolve("none").toString()))) {
            System.setProperty("user.home", "?");
            Path chosen = chosen(environment);
            assertThat(chosen).startsWithRaw(temporary).endsWithRaw(Path.of(".javacpp/cache"));
            assertThat(System.getProperty("user.home")).startsWith(temporary.toString());
            NativeCache.require();
            Path own = temporary.relativize(chosen).getName(0);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve(own))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void isAmongTheTemporaryFilesWhenTheHomeCannotBeWrittenTo() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.createFile(home.resolve(".javacpp")); // root may write to any folder, but not below a file
        System.setProperty("user.home", home.toString());
        assertThat(chosen(Map.of())).startsWithRaw(temporary);
        assertThat(System.getProperty("user.home")).isEqualTo(home.toString());
        assertThatCode(NativeCache::require).doesNotThrowAnyException();
    }

    @Test
    void isNamedByTheVariable() throws IOException {
        Path named = folder.resolve("a/b");
        assertThat(chosen(Map.of("LUNGO_CACHE", named.toString()))).isEqualTo(named);
        NativeCache.require();
        Path file = Files.createFile(folder.resolve("file")).resolve("cache");
        chosen(Map.of("LUNGO_CACHE", file.toString()));
        assertThatThrownBy(NativeCache::require)
                .isInstanceOf(IOException.class)
                .hasMessage("native libraries are unpacked to a folder that can be written to. Received: " + file
                        + ", which cannot be made or written to; name another one with the variable LUNGO_CACHE");
    }

    @Test
    void isNoFolderOfAnotherUser() throws IOException {
        Path own = temporary.resolve(
                temporary.relativize(chosen(Map.of())).getName(0).toString());
        Files.createDirectory(own);
        try {
            Files.setAttribute(own, "unix:uid", 12345);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            assumeTrue(false, "only root can give a folder to another user");
        }
        assertThatThrownBy(NativeCache::require)
                .isInstanceOf(IOException.class)
                .hasMessage("native libraries are unpacked to a folder that belongs to this user. Received: " + own
                        + ", which cannot be made, or belongs to another user; name another one with the variable"
                        + " LUNGO_CACHE");
    }

    private static Path chosen(Map<String, String> environment) {
        NativeCache.choose(environment);
        return NativeCache.folder();
    }
}
