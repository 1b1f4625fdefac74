package org.lungo.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection that is kept alive and never waits: sends the same request again and again. */
final class Exchange {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");
    private static final Pattern CLOSE = Pattern.compile("(?i)\r\nConnection: *close");

    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocate(1 << 14);
    private @Nullable SocketChannel channel;
    private long moment;
    private int headers;
    private int length;

    Exchange(byte[] request) {
        this.request = ByteBuffer.wrap(request);
    }

    /** When the request was due, by {@link System#nanoTime}. */
    long moment() {
        return moment;
    }

    SocketChannel connect(Selector selector, int port) throws IOException {
        SocketChannel open = Load.connect(port);
        open.register(selector, SelectionKey.OP_READ, this);
        channel = open;
        return open;
    }

    void send(Selector selector, int port, long due) throws IOException {
        moment = due;
        headers = 0;
        answer.clear();
        request.rewind();
        SocketChannel open = channel == null ? connect(selector, port) : channel;
        while (request.hasRemaining()) { // small enough for the socket's buffer
            open.write(request);
        }
    }

    /** The status once the answer is complete, else 0. */
    int receive() throws IOException {
        SocketChannel open = channel;
        if (open == null || open.read(answer) < 0) {
            throw new EOFException("the connection was closed");
        }
        if (headers == 0) {
            findHeaders();
        }
        if (headers == 0 || answer.position() < headers + length) {
            return 0;
        }
        String head = text(headers);
        if (CLOSE.matcher(head).find()) {
            close();
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    private void findHeaders() throws IOException {
        String head = text(answer.position());
        int end = head.indexOf("\r\n\r\n");
        if (end >= 0) {
            headers = end + 4;
            Matcher found = LENGTH.matcher(head);
            length = found.find() && found.start() < end ? Integer.parseInt(found.group(1)) : 0;
            if (headers + length > answer.capacity()) {
                throw new IOException("the answer is too long");
            }
        }
    }

    private String text(int bytes) {
        return new String(answer.array(), 0, bytes, StandardCharsets.ISO_8859_1);
    }

    void close() {
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
