package org.lungo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.lungo.tensor.CorruptFileException;

/**
 * A small file on a server. It is held in memory until its hash is known, then written to a temporary file next to its place and moved there.
 *
 * @param bytes its length
 * @param sha256 its hash in hexadecimal
 */
record Download(URI address, long bytes, String sha256) {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    /** Fetches the file to {@code place}, unless it is there. */
    void to(Path place) throws IOException {
        if (Files.exists(place)) {
            if (!Source.of(place.toString()).fingerprint().equals(sha256)) {
                throw new IllegalArgumentException(place + " exists and is another file than " + address
                        + "; name another folder with --out, or remove it");
            }
            return;
        }
        byte[] content = fetch();
        Path folder = place.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = place.resolveSibling(
                place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.write(part, content);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private byte[] fetch() throws IOException {
        byte[] content;
        try (InputStream body = open()) {
            content = body.readNBytes(Math.toIntExact(bytes + 1));
        } catch (DownloadException e) {
            throw e;
        } catch (IOException e) {
            throw new DownloadException("cannot fetch " + address + ": " + reason(e)
                    + "; check the network (a proxy is set with -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT for Java)"
                    + " or name a server that has the file with --mirror");
        }
        String received = Source.sha256(content);
        if (!received.equals(sha256)) {
            throw new CorruptFileException(address + " must have " + bytes + " bytes and the SHA-256 " + sha256
                    + ". Received: " + (content.length > bytes ? "more" : content.length + " bytes") + " with "
                    + received + "; nothing was kept. Try again; if it stays so, its source has changed");
        }
        return content;
    }

    private InputStream open() throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(LONGEST_SILENCE)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(LONGEST_SILENCE).build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while fetching " + address);
        }
        if (response.statusCode() != 200) {
            response.body().close();
            throw new DownloadException("expected the file at " + address + ". Received: HTTP status "
                    + response.statusCode() + "; try later, or name a server that has the file with --mirror");
        }
        return response.body();
    }

    /** The JDK's connection failures have no message of their own. */
    private static String reason(IOException e) {
        if (e instanceof ConnectException) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnresolvedAddressException) {
                    return "no such server";
                }
            }
            return "no connection";
        }
        return e.getClass().getSimpleName().replaceFirst("Exception$", "") + " " + e.getMessage();
    }
}
