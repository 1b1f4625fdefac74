package org.lungo.server.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events ({@code data: {...}}, some with a line {@code event: NAME} before) from a thread that must not wait for a slow caller: what is not sent yet is
 * collected, and one thread of the pool at a time writes it.
 */
final class EventStream {
    private static final JsonMapper JSON = new JsonMapper();

    private final OutputStream out;
    private final Executor threads;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private ByteArrayOutputStream open = new ByteArrayOutputStream();
    private boolean writing = true; // nothing is sent before start
    private boolean ending;
    private volatile boolean broken;

    EventStream(OutputStream out, Executor threads) {
        this.out = out;
        this.threads = threads;
    }

    /** Whether the caller has gone. */
    boolean isBroken() {
        return broken;
    }

    /** Ends when everything is sent, or cannot be. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** Begins to send; what was said before is sent first. */
    void start() {
        threads.execute(this::write);
    }

    /** Sends an object as an event. */
    void send(Object object) {
        send(data(JSON.writeValueAsString(object)), false);
    }

    /** Sends an object as an event of this name. */
    void send(String name, Object object) {
        send("event: " + name + "\n" + data(JSON.writeValueAsString(object)), false);
    }

    /** Sends the mark of a complete stream, and ends. */
    void finish() {
        send(data("[DONE]"), true);
    }

    /** Sends an error, and ends. */
    void fail(byte[] error) {
        send(data(new String(error, StandardCharsets.UTF_8)), true);
    }

    /** Ends without a mark. */
    void close() {
        send("", true);
    }

    private static String data(String text) {
        return "data: " + text + "\n\n";
    }

    private synchronized void send(String event, boolean last) {
        if (ending || broken) {
            return;
        }
        open.writeBytes(event.getBytes(StandardCharsets.UTF_8));
        ending = last;
        if (!writing) {
            writing = true;
            threads.execute(this::write);
        }
    }

    private void write() {
        try {
            for (byte[] next = next(); next.length > 0; next = next()) {
                out.write(next);
                out.flush();
            }
        } catch (IOException | RuntimeException e) {
            broken = true;
            done.complete(null);
        }
    }

    private synchronized byte[] next() {
        byte[] next = open.toByteArray();
        open = new ByteArrayOutputStream();
        if (next.length == 0) {
            writing = false;
            if (ending) {
                done.complete(null);
            }
        }
        return next;
    }
}
