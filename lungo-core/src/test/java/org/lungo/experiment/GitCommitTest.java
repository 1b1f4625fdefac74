package org.lungo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layouts are those of gitrepository-layout(5). */
class GitCommitTest {
    private static final String HASH = "6d60a90c1f5d3a3a0a5e7b4b2f1e0d9c8b7a6958";

    @TempDir
    Path folder;

    @Test
    void followsABranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/a/b\n");
        write(".git/refs/heads/a/b", HASH + "\n");
        assertThat(GitCommit.of(Files.createDirectories(folder.resolve("runs/deep"))))
                .isEqualTo(HASH);
    }

    @Test
    void readsADetachedHead() throws IOException {
        write(".git/HEAD", HASH + "\n");
        assertThat(GitCommit.of(folder)).isEqualTo(HASH);
    }

    @Test
    void readsAPackedBranch() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(
                ".git/packed-refs",
                "# pack-refs with: peeled fully-peeled sorted\n" + HASH.replace('6', '7') + " refs/heads/not-main\n"
                        + HASH + " refs/heads/main\n");
        assertThat(GitCommit.of(folder)).isEqualTo(HASH);
    }

    @Test
    void readsAWorkTree() throws IOException {
        write("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
        write("main/.git/worktrees/side/commondir", "../..\n");
        write("main/.git/refs/heads/side", HASH + "\n");
        write("side/.git", "gitdir: ../main/.git/worktrees/side\n");
        assertThat(GitCommit.of(folder.resolve("side"))).isEqualTo(HASH);
    }

    @Test
    void isNullWithoutACommit() throws IOException {
        assertThat(GitCommit.of(folder)).isNull();
        write(".git/HEAD", "ref: refs/heads/main\n");
        assertThat(GitCommit.of(folder)).isNull();
        write(".git/HEAD", "nonsense");
        assertThat(GitCommit.of(folder)).isNull();
        Files.delete(folder.resolve(".git/HEAD"));
        assertThat(GitCommit.of(folder)).isNull();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
