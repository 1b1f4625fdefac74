package org.lungo.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Origin;
import org.lungo.server.http.Limits;
import org.lungo.tensor.Check;

/**
 * How a server listens.
 *
 * @param host the address to listen on
 * @param port 0 for a free one
 * @param security who may ask
 * @param limits of one request
 * @param drainSeconds how long requests that are being answered may take when the server stops
 * @param watchMillis how often folders are looked at
 * @param accessLog a file for the access log, {@code -} for the log, or null for none
 */
public record ServerConfig(
        String host,
        int port,
        Security security,
        Limits limits,
        int drainSeconds,
        long watchMillis,
        @Nullable String accessLog) {
    /** This machine only, port 8080, no keys. */
    public static final ServerConfig DEFAULTS =
            new ServerConfig("127.0.0.1", 8080, Security.OPEN, Limits.DEFAULTS, 30, 2000, null);

    /**
     * Who may ask, and whether others can listen in.
     *
     * @param keys a key file, see {@link org.lungo.server.http.Keys}; null for none
     * @param tls a certificate; null for plain HTTP
     * @param insecure whether a server that others can reach may be without keys
     * @param origins web pages of these may ask, besides the server's own page; their hosts may be names of the server.
     *     Null for what each model lists ({@link org.lungo.deploy.ServeConfig#allowOrigin})
     */
    public record Security(
            @Nullable Path keys,
            @Nullable Tls tls,
            boolean insecure,
            @Nullable List<Origin> origins) {
        /** Without keys and TLS. */
        public static final Security OPEN = new Security(null, null, false);

        public Security {
            origins = origins == null ? null : List.copyOf(origins);
        }

        /** With the origins that each model lists. */
        public Security(@Nullable Path keys, @Nullable Tls tls, boolean insecure) {
            this(keys, tls, insecure, null);
        }
    }

    public ServerConfig {
        Check.that(port >= 0 && port < 65_536, "port must be between 0 and 65535", port);
        Check.notNegative("drain", drainSeconds);
        Check.that(
                security.keys() != null || security.insecure() || isLoopback(host),
                "a server that others can reach needs keys: name a file with --keys, or say --insecure",
                "--host " + host);
    }

    /** Whether only this machine can reach the server. */
    boolean isLocal() {
        return isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host must be an address of this machine. Received: " + host, e);
        }
    }
}
