package org.lungo.deploy.batch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Changes to files that are on the disk when a method returns, whole or not at all. */
public final class Durable {
    private Durable() {}

    /** Writes a small file. */
    public static void write(Path file, String text) throws IOException {
        Path neighbour = file.resolveSibling(file.getFileName() + ".writing");
        Files.writeString(neighbour, text);
        force(neighbour);
        move(neighbour, file);
    }

    /** Renames a file whose content is on the disk; one that is there already is replaced. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(to);
    }

    /** Waits until a file's content is on the disk. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Waits until the name of {@code file} is on the disk. */
    public static void forceFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
