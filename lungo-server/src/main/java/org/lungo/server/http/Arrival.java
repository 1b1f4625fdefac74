package org.lungo.server.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.eclipse.jetty.io.Content;

/** A body that arrives piece by piece; between pieces no thread waits for it. */
final class Arrival implements Runnable {
    private final Content.Source source;
    private final LongConsumer size;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> all = new CompletableFuture<>();

    private Arrival(Content.Source source, LongConsumer size) {
        this.source = source;
        this.size = size;
    }

    /**
     * The whole body.
     *
     * @param size receives the size of each piece; what it throws ends the reading and the future
     */
    static CompletableFuture<byte[]> of(Content.Source source, LongConsumer size) {
        Arrival arrival = new Arrival(source, size);
        arrival.run();
        return arrival.all;
    }

    @Override
    public void run() {
        while (!all.isDone()) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                all.completeExceptionally(chunk.getFailure());
                return;
            }
            take(chunk);
        }
    }

    private void take(Content.Chunk chunk) {
        try {
            int bytes = chunk.remaining();
            size.accept(bytes);
            byte[] piece = new byte[bytes];
            chunk.getByteBuffer().get(piece);
            body.writeBytes(piece);
        } catch (RuntimeException | Error e) {
            all.completeExceptionally(e);
        } finally {
            chunk.release();
        }
        if (chunk.isLast()) {
            all.complete(body.toByteArray());
        }
    }
}
