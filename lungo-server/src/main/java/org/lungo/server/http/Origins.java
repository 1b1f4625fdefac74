package org.lungo.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.server.metrics.ServerMetrics;

/**
 * Refuses what web pages of other origins ask, on every route and before anything else happens. Browsers say where a
 * request comes from, in headers that pages cannot change; programs say nothing and are let in.
 *
 * <ul>
 *   <li>{@code Host}: a server that only this machine can reach must be asked by a name that means this machine, or by
 *       a listed one. Else a page could let a name of its own lead to this machine (DNS rebinding): to the browser the
 *       server would then be of the page's origin.
 *   <li>{@code Origin}: must be the address that the server was asked at, or listed. Browsers send it with every
 *       {@code POST}, and with what other origins want to read.
 *   <li>{@code Sec-Fetch-Site}: what another origin asks without {@code Origin}, such as an image or a frame, must be a
 *       link that is followed (W3C Fetch Metadata). Another port of this machine is another origin, too.
 * </ul>
 */
public final class Origins {
    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

    private final boolean local;
    private final Set<String> names = new HashSet<>();
    private final Set<Origin> listed;
    private final ServerMetrics metrics;

    /**
     * Origins that may ask a server.
     *
     * @param host the address that the server listens on
     * @param local whether only this machine can reach it
     * @param listed origins of web pages that may ask; their hosts may also be names of the server
     */
    public Origins(String host, boolean local, List<Origin> listed, ServerMetrics metrics) {
        this.local = local;
        this.listed = Set.copyOf(listed);
        this.metrics = metrics;
        names.add(host.toLowerCase(Locale.ROOT));
        listed.forEach(origin -> names.add(origin.host()));
    }

    /**
     * Lets a request in. Pages of listed origins may read the answer, their preflight requests are answered here.
     *
     * @throws HttpFailure 403 when the request comes from another origin, or asks for a name that is not this server's
     */
    void admit(Context ctx) {
        if (!listed.isEmpty()) {
            ctx.header("Vary", "Origin"); // whoever keeps answers must not give one origin those for another
        }
        requireName(ctx.header("Host"));
        List<String> given = Collections.list(ctx.req().getHeaders("Origin"));
        Origin origin = given.size() == 1 ? Origin.read(given.get(0)) : null;
        if (origin != null && listed.contains(origin)) {
            share(ctx, given.get(0));
        } else if (!given.isEmpty() && (isForeign(ctx) || origin == null || !isOurs(ctx, origin))) {
            throw refusal(
                    "origin",
                    "web pages may ask from the server's own address, or from a listed origin. Received: Origin: "
                            + Bodies.shown(String.join(", ", given))
                            + site(ctx)
                            + (given.contains("null")
                                    ? "; open the page from a web server, not from a file or a sandboxed frame"
                                    : "; to let its pages ask, list the origin with --allow-origin"));
        } else if (given.isEmpty() && isForeign(ctx) && !isLink(ctx)) {
            throw refusal(
                    "origin",
                    "a page of another origin may link to the server, or ask with the header Origin. Received: "
                            + ctx.method() + site(ctx)
                            + "; use fetch, from an origin that is listed with --allow-origin");
        }
    }

    /** A request without a name (HTTP/1.0) is let in: browsers always send one, only small programs do not. */
    private void requireName(@Nullable String host) {
        if (!local || host == null) {
            return;
        }
        Origin address = Origin.read("http://" + host);
        if (address == null || !address.isLoopback() && !names.contains(address.host())) {
            throw refusal(
                    "host",
                    "a server that only this machine can reach is asked as localhost, 127.0.0.1 or [::1]. Received:"
                            + " Host: "
                            + Bodies.shown(host)
                            + "; use one of these names, or list the address of a proxy with --allow-origin");
        }
    }

    /**
     * Whether it is the address that the server was asked at. A proxy may have taken TLS away, so that a page from https
     * asks a server that speaks http; the other way round somebody on the way may have written the page.
     */
    private static boolean isOurs(Context ctx, Origin origin) {
        boolean scheme = origin.scheme().equals("https")
                || origin.scheme().equals("http") && !ctx.req().isSecure();
        return scheme && origin.equals(Origin.read(origin.scheme() + "://" + ctx.header("Host")));
    }

    private static boolean isForeign(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        return site != null && FOREIGN.contains(site);
    }

    private static boolean isLink(Context ctx) {
        return (ctx.method().equals(HandlerType.GET) || ctx.method().equals(HandlerType.HEAD))
                && "navigate".equals(ctx.header("Sec-Fetch-Mode"))
                && "document".equals(ctx.header("Sec-Fetch-Dest"));
    }

    private static String site(Context ctx) {
        return isForeign(ctx) ? " with Sec-Fetch-Site: " + ctx.header("Sec-Fetch-Site") : "";
    }

    /** Says to the browser that pages of {@code origin} may read the answer (Fetch Standard, 3.2, "CORS protocol"). */
    private static void share(Context ctx, String origin) {
        ctx.header("Access-Control-Allow-Origin", origin);
        ctx.header("Access-Control-Expose-Headers", "Lungo-Model-Version, Retry-After, X-Request-Id");
        if (ctx.method().equals(HandlerType.OPTIONS) && ctx.header("Access-Control-Request-Method") != null) {
            ctx.header("Access-Control-Allow-Methods", "GET, POST");
            ctx.header( // * is for headers that clients add and we ignore; it does not stand for Authorization
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Lungo-Deadline-Ms, X-API-Key, X-Request-Id, *");
            ctx.header("Access-Control-Max-Age", "600"); // seconds
            ctx.status(204).skipRemainingHandlers();
        }
    }

    private HttpFailure refusal(String reason, String message) {
        metrics.refused(reason);
        return new HttpFailure(403, message);
    }
}
