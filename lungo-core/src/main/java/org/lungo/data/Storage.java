package org.lungo.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.lungo.tensor.DType;
import org.lungo.tensor.Tensor;

/** Where the encoded rows of a {@link Dataset} are kept. */
@FunctionalInterface
public interface Storage {
    /** In native memory. */
    Storage MEMORY = (name, dtype, shape) -> Tensor.zeros(dtype, shape);

    /** A tensor of zeros of its own for {@code name}; it lives in the scope that is open now. */
    Tensor allocate(String name, DType dtype, long... shape);

    /**
     * In files of {@code folder} that are mapped into memory: the system reads what is used and lets go of what is not, so
     * that rows need not fit in memory.
     */
    static Storage files(Path folder) {
        return (name, dtype, shape) -> {
            long bytes = Arrays.stream(shape).reduce(dtype.bytes(), Math::multiplyExact);
            if (bytes == 0) {
                return Tensor.zeros(dtype, shape);
            }
            try {
                Files.createDirectories(folder);
                Path file = folder.resolve(name);
                Files.deleteIfExists(file);
                fill(file, bytes);
                return Tensor.mapNew(file, dtype, shape);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        };
    }

    /** Writes zeros: a mapped file that has holes kills the process when the disk fills up behind it. */
    private static void fill(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long at = 0; at < bytes; ) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
                at += channel.write(zeros);
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw new IOException(
                    "the encoded rows need " + bytes + " bytes in " + file.getParent() + ": " + e.getMessage()
                            + "; make room, or name another folder with --out",
                    e);
        }
    }
}
