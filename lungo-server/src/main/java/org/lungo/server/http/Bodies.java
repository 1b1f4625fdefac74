package org.lungo.server.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a request's body within the limits. */
record Bodies(Limits limits) {
    /**
     * The body's bytes, unpacked.
     *
     * @param deadline by {@link System#nanoTime}
     * @throws HttpFailure 413 when it is too large, 415 when it is not JSON in UTF-8, 408 when it does not come
     */
    byte[] read(Context ctx, long deadline) {
        requireJson(ctx.contentType());
        String length = ctx.header("Content-Length");
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > limits.bodyBytes()) {
            throw tooLarge();
        }
        try (InputStream in = unpacked(ctx)) {
            byte[] body = all(in, deadline);
            requireUtf8(body);
            return body;
        } catch (ZipException | EOFException e) {
            throw HttpFailure.badRequest("the body is not what its Content-Encoding: gzip says");
        } catch (IOException e) {
            throw new HttpFailure(408, "the body did not arrive completely", e);
        }
    }

    private byte[] all(InputStream in, long deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 13];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            body.write(part, 0, read);
            if (body.size() > limits.bodyBytes()) {
                throw tooLarge();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new HttpFailure(408, "the body did not arrive in time");
            }
        }
        return body.toByteArray();
    }

    private InputStream unpacked(Context ctx) throws IOException {
        String encoding = ctx.header("Content-Encoding");
        InputStream in = ctx.req().getInputStream();
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return in;
        }
        if (encoding.equalsIgnoreCase("gzip")) {
            return new GZIPInputStream(in);
        }
        throw new HttpFailure(415, "Content-Encoding must be gzip or absent. Received: " + shown(encoding));
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

    private static void requireUtf8(byte[] body) {
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

    private static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
