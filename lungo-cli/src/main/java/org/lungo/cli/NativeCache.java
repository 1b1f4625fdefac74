package org.lungo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder that native libraries are unpacked to: the one that {@code LUNGO_CACHE} names, else one in the user's home
 * folder, else, where that is missing or cannot be written to, one among the temporary files that is the user's alone.
 */
final class NativeCache {
    static final String VARIABLE = "LUNGO_CACHE";
    private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
    private static final String HOME = "user.home";
    private static final String IN_HOME = ".javacpp/cache";

    private NativeCache() {}

    /** Must be called before any library is loaded. */
    static void choose(Map<String, String> environment) {
        if (!isFolder(System.getProperty(HOME))) { // Java says ? for a user whom the system does not know
            String home = environment.get("HOME");
            System.setProperty(HOME, isFolder(home) ? home : temporary().toString());
        }
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            System.setProperty(PROPERTY, named);
        } else if (!canBeWritten(folder())) {
            System.setProperty(PROPERTY, temporary().resolve(IN_HOME).toString());
        }
    }

    /** The folder that was chosen. */
    static Path folder() {
        String named = System.getProperty(PROPERTY);
        return named != null ? Path.of(named) : Path.of(System.getProperty(HOME), IN_HOME);
    }

    /**
     * Refuses a folder that cannot be written to: another one would be taken silently, which may be anybody's.
     *
     * @throws IOException naming the folder, and the variable that names another
     */
    static void require() throws IOException {
        Path folder = folder();
        String advice = "; name another one with the variable " + VARIABLE;
        if (!canBeWritten(folder)) {
            throw new IOException("native libraries are unpacked to a folder that can be written to. Received: "
                    + folder + ", which cannot be made or written to" + advice);
        }
        if (folder.startsWith(temporary()) && !makeOwn(temporary())) {
            throw new IOException("native libraries are unpacked to a folder that belongs to this user. Received: "
                    + temporary() + ", which cannot be made, or belongs to another user" + advice);
        }
    }

    /** One folder for each user; its name tells users apart of whom the system knows no name. */
    private static Path temporary() {
        Object user;
        try {
            user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            user = System.getProperty("user.name");
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "lungo-" + user);
    }

    private static boolean isFolder(@Nullable String path) {
        return path != null && Path.of(path).isAbsolute() && Files.isDirectory(Path.of(path));
    }

    /** Whether {@code folder} is there and can be written to, or can be made. */
    private static boolean canBeWritten(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && Files.isWritable(there);
    }

    /**
     * Makes the folder, which nobody else can write to, where it is not there yet.
     *
     * @return false when it cannot be made, or another user has made it: that one must not be trusted
     */
    static boolean makeOwn(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Path parent = folder.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                boolean posix =
                        folder.getFileSystem().supportedFileAttributeViews().contains("posix");
                FileAttribute<?>[] rights = posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
                Files.createDirectory(folder, rights);
            }
            Path probe = Files.createTempFile(folder, "own", null);
            boolean own = Files.getOwner(probe).equals(Files.getOwner(folder));
            Files.delete(probe);
            return own;
        } catch (IOException e) {
            return false;
        }
    }
}
