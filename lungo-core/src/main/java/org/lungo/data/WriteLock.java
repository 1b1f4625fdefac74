package org.lungo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The right to write a file or a folder, which one process has at a time. It stands in a small file that the system locks:
 * the right ends with its process, however that ends, and what a killed process leaves of the file is in nobody's way. A
 * file system that knows no locks gives the right to everyone.
 *
 * <pre>{@code
 * try (WriteLock lock = WriteLock.inFolder(folder, "another process writes " + folder)) {
 *     // nobody else writes to the folder
 * }
 * }</pre>
 */
public final class WriteLock implements AutoCloseable {
    /** The name of the locked file in a folder. */
    public static final String NAME = "lock";

    private static final long REGION = 1024; // behind what is written, so that it can be read on Windows

    /** More than processes can come and go meanwhile; on some network drives a file has another key at each look. */
    private static final int ATTEMPTS = 100;

    private final @Nullable Path folder;
    private final Path file;
    private final @Nullable Object key;
    private final FileChannel channel;
    private final Thread atExit = new Thread(this::remove, "write-lock");

    private WriteLock(@Nullable Path folder, Path file, @Nullable Object key, FileChannel channel) {
        this.folder = folder;
        this.file = file;
        this.key = key;
        this.channel = channel;
    }

    /**
     * The right to write the files of {@code folder}, which is made if it is not there. A folder that is still empty when
     * the right is given back is removed.
     *
     * @param busy what is said when another process has the right
     * @throws BusyException when another process has the right
     */
    public static WriteLock inFolder(Path folder, String busy) throws IOException {
        return take(folder, folder.resolve(NAME), busy);
    }

    /**
     * The right to write {@code place}, a file or a folder; what is locked is its neighbour with the ending {@code .lock}.
     * Of a device such as {@code /dev/null}, and of a file in a folder that takes no other, everyone has the right.
     *
     * @throws BusyException when another process has the right
     * @throws IOException when the file cannot be written
     */
    public static WriteLock ofFile(Path place) throws IOException {
        Path file = isShared(place) ? Files.createTempFile("lungo-", ".lock") : sibling(place);
        try {
            return take(
                    null,
                    file,
                    "another process is writing " + place + " (it holds " + file
                            + "); wait until it has ended, or name another file with --out");
        } catch (BusyException e) {
            throw e;
        } catch (IOException e) {
            String reason = e.getClass().getSimpleName().replace("Exception", "");
            throw new IOException("cannot write " + place + ": " + reason + " " + e.getMessage(), e);
        }
    }

    private static boolean isShared(Path place) throws IOException {
        boolean file = Files.isRegularFile(place);
        Path folder = file ? place.toRealPath().getParent() : null;
        return Files.exists(place) && !file && !Files.isDirectory(place) || folder != null && !Files.isWritable(folder);
    }

    /** The same for every link to the place. */
    private static Path sibling(Path place) throws IOException {
        Path real = Files.exists(place) ? place.toRealPath() : place;
        return real.resolveSibling(real.getFileName() + ".lock");
    }

    private static WriteLock take(@Nullable Path folder, Path file, String busy) throws IOException {
        for (int attempt = 1; ; attempt++) {
            FileChannel channel;
            Object key;
            try {
                create(folder, file);
                key = key(file);
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                continue; // its process has just ended and removed it
            }
            if (!locked(channel)) {
                channel.close();
                throw new BusyException(busy);
            }
            if (attempt == ATTEMPTS || Files.exists(file) && Objects.equals(key, key(file))) {
                describe(channel);
                WriteLock lock = new WriteLock(folder, file, key, channel);
                Runtime.getRuntime().addShutdownHook(lock.atExit);
                return lock;
            }
            channel.close(); // what was locked is no longer what others find there
        }
    }

    private static void create(@Nullable Path folder, Path file) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) { // Java 17 refuses a link to a folder
            Files.createDirectories(folder);
        }
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // of a process that is at work, or was killed
        }
    }

    private static void describe(FileChannel channel) throws IOException {
        String text = "Process " + ProcessHandle.current().pid() + " writes here. Once it has ended, this file means"
                + " nothing and can be removed.\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(REGION, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process has it
        } catch (IOException e) {
            return true; // no locks on this file system
        }
    }

    /** What tells the file from another one of its name; null where the system has no such thing, or there is no file. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** While the file is locked: who comes now makes a new one. */
    private void remove() {
        try {
            if (Objects.equals(key, key(file))) {
                Files.deleteIfExists(file);
            }
            if (folder != null && !Files.isSymbolicLink(folder)) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            // the folder holds what was written, or the file stays, in nobody's way
        }
    }

    /** Gives the right back and removes the file. */
    @Override
    public void close() throws IOException {
        remove();
        channel.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process ends already, and the file is gone
        }
    }
}
