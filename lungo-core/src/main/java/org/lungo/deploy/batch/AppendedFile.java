package org.lungo.deploy.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that only grows, from a size that is known to be good. */
public final class AppendedFile implements AutoCloseable {
    private final FileChannel channel;

    private AppendedFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens {@code file} and cuts off what is behind {@code size}.
     *
     * @throws ResumeException when it is shorter
     */
    public static AppendedFile open(Path file, long size) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() < size) {
            long found = channel.size();
            channel.close();
            throw new ResumeException(file + " must have at least " + size + " bytes. Received: " + found
                    + "; start again with --restart");
        }
        channel.truncate(size);
        channel.position(size);
        return new AppendedFile(channel);
    }

    /** Writes at the end; need not be closed. */
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /** Waits until all is on the disk. Returns the size. */
    public long force() throws IOException {
        channel.force(true);
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
