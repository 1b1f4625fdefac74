package org.lungo.server.http;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests' bodies within the limits, without a thread that waits for slow ones. All bodies together may hold a
 * quarter of the memory that the virtual machine may use.
 */
final class Bodies {
    private final Limits limits;
    private final long maxBytes = Runtime.getRuntime().maxMemory() / 4;
    private final AtomicLong held = new AtomicLong();

    Bodies(Limits limits) {
        this.limits = limits;
    }

    /**
     * The body's bytes, unpacked.
     *
     * @param deadline by {@link System#nanoTime}; when it passes before the body is there, the future ends with 408
     * @throws HttpFailure 413 when it is too large, 415 when its type is none of JSON in UTF-8, 429 when too many are held already
     */
    CompletableFuture<byte[]> read(Context ctx, long deadline) {
        requireJson(ctx.contentType());
        boolean packed = isPacked(ctx.header("Content-Encoding"));
        Request request = JettyRequest.of(ctx);
        if (request.getLength() > limits.bodyBytes()) {
            throw tooLarge();
        }
        Share share = new Share();
        JettyRequest.atEnd(ctx, share::end);
        CompletableFuture<byte[]> arrival = Arrival.of(request, share::take);
        if (!arrival.isDone()) {
            arrival.orTimeout(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        return arrival.handle((body, failure) -> {
            if (failure != null) {
                throw failure(failure);
            }
            return packed ? unpack(body, share) : body;
        });
    }

    /** What one request's body takes of the memory for all. */
    private final class Share {
        private long own;
        private boolean ended;

        synchronized void take(long bytes) {
            if (ended || own + bytes > limits.bodyBytes()) {
                throw tooLarge();
            }
            own += bytes;
            if (held.addAndGet(bytes) > maxBytes) {
                throw new HttpFailure(429, "the server holds as many requests as its memory allows; try again later");
            }
        }

        synchronized void giveBack() {
            held.addAndGet(-own);
            own = 0;
        }

        synchronized void end() {
            giveBack();
            ended = true;
        }
    }

    private static HttpFailure failure(Throwable failure) {
        if (failure instanceof HttpFailure known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return new HttpFailure(408, "the body did not arrive in time");
        }
        return new HttpFailure(408, "the body did not arrive completely", failure);
    }

    private static boolean isPacked(@Nullable String encoding) {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.equalsIgnoreCase("gzip")) {
            return true;
        }
        throw new HttpFailure(415, "Content-Encoding must be gzip or absent. Received: " + shown(encoding));
    }

    private static byte[] unpack(byte[] packed, Share share) {
        share.giveBack();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 13];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                share.take(read);
                body.write(piece, 0, read);
            }
            return body.toByteArray();
        } catch (IOException e) {
            throw HttpFailure.badRequest("the body is not what its Content-Encoding: gzip says");
        }
    }

    private static void requireJson(@Nullable String contentType) {
        if (contentType == null) {
            return;
        }
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")
                || type.startsWith("multipart/")
                || type.startsWith("text/plain")) {
            throw new HttpFailure(
                    415, "the body must be JSON with Content-Type: application/json. Received: " + shown(contentType));
        }
        int charset = type.indexOf("charset=");
        if (charset >= 0) {
            String name = type.substring(charset + 8)
                    .replaceFirst(";.*", "")
                    .replaceAll("[\"']", "")
                    .strip();
            if (!name.equals("utf-8") && !name.equals("us-ascii") && !name.isEmpty()) {
                throw new HttpFailure(415, "JSON must be in UTF-8. Received: charset " + shown(name));
            }
        }
    }

    /**
     * Refuses JSON that is not in UTF-8; what stands behind it may be any bytes.
     *
     * @throws HttpFailure 400
     */
    static void requireUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw HttpFailure.badRequest("JSON must be in UTF-8; the body holds other bytes");
        }
    }

    private HttpFailure tooLarge() {
        return new HttpFailure(
                413, "a body must be at most " + limits.bodyBytes() + " bytes, unpacked; send fewer rows at a time");
    }

    /** What was received, cut where it is long. */
    static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
