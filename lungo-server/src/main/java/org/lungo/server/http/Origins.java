package org.lungo.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.Origin;
import org.lungo.server.metrics.ServerMetrics;
import org.lungo.server.registry.Models;

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

    /** Paths in their one plain spelling; pages of other origins have no use for others. */
    private static final Pattern PLAIN = Pattern.compile("/|(/(?!\\.\\.?(/|$))[A-Za-z0-9._:-]+)+/?");

    /** What no page of another origin may ask. */
    private static final Pattern CLOSED = Pattern.compile("/metrics/?|/v2/repository(/.*)?", Pattern.CASE_INSENSITIVE);

    /** Paths that name the model. */
    private static final Pattern MODEL = Pattern.compile("/v[12]/models/([^/:]+).*");

    private static final String ALLOW = "Access-Control-Allow-Origin";
    private static final String EXPOSE = "Access-Control-Expose-Headers";

    private final boolean local;
    private final Set<String> names = new HashSet<>();
    private final @Nullable Set<Origin> listed;
    private final Models models;
    private final ServerMetrics metrics;

    /**
     * Origins that may ask a server.
     *
     * @param host the address that the server listens on
     * @param local whether only this machine can reach it
     * @param listed origins of web pages that may ask; their hosts may also be names of the server. Null for those that the
     *     models list, each for itself; a model's list gives the server no name, since the page of such a name could do
     *     everything
     */
    public Origins(String host, boolean local, @Nullable List<Origin> listed, Models models, ServerMetrics metrics) {
        this.local = local;
        this.listed = listed == null ? null : Set.copyOf(listed);
        this.models = models;
        this.metrics = metrics;
        names.add(host.toLowerCase(Locale.ROOT));
        if (listed != null) {
            listed.forEach(origin -> names.add(origin.host()));
        }
    }

    /**
     * Lets a request in. Pages of listed origins may read the answer, their preflight requests are answered here; metrics
     * and the repository of models are not for them.
     *
     * @throws HttpFailure 403 when the request comes from another origin, or asks for a name that is not this server's
     */
    void admit(Context ctx) {
        if (listed == null ? !models.origins().isEmpty() : !listed.isEmpty()) {
            ctx.header("Vary", "Origin"); // whoever keeps answers must not give one origin those for another
        }
        requireName(ctx.header("Host"));
        List<String> given = Collections.list(ctx.req().getHeaders("Origin"));
        Origin origin = given.size() == 1 ? Origin.read(given.get(0)) : null;
        if (origin != null && isShared(ctx.path(), origin)) {
            share(ctx, origin, given.get(0));
        } else if (!given.isEmpty() && (isForeign(ctx) || origin == null || !isOurs(ctx, origin))) {
            throw refusal(
                    "origin",
                    "web pages may ask from the server's own address, or from a listed origin. Received: Origin: "
                            + Bodies.shown(String.join(", ", given))
                            + site(ctx)
                            + (given.contains("null")
                                    ? "; open the page from a web server, not from a file or a sandboxed frame"
                                    : "; to let its pages ask models, list the origin with --allow-origin"));
        } else if (given.isEmpty() && isForeign(ctx) && !isLink(ctx)) {
            throw refusal(
                    "origin",
                    "a page of another origin may link to the server, or ask with the header Origin. Received: "
                            + ctx.method() + site(ctx)
                            + "; use fetch, from an origin that is listed with --allow-origin");
        }
    }

    /** Whether pages of {@code origin} may ask at {@code path}; which model they may ask there, {@link #requireListed} says. */
    private boolean isShared(String path, Origin origin) {
        if (!PLAIN.matcher(path).matches() || CLOSED.matcher(path).matches()) {
            return false;
        }
        if (listed != null) {
            return listed.contains(origin);
        }
        Matcher model = MODEL.matcher(path);
        return model.matches() && models.has(model.group(1))
                ? lists(models, model.group(1), origin)
                : models.origins().values().stream().anyMatch(origins -> origins.contains(origin));
    }

    private static boolean lists(Models models, String name, Origin origin) {
        return models.origins().getOrDefault(name, Set.of()).contains(origin);
    }

    /**
     * Refuses what a page asks of a model that does not list its origin.
     *
     * @throws HttpFailure 403
     */
    static void requireListed(Context ctx, Models models, String name) {
        Origin origin = ctx.attribute(Origins.class.getName());
        if (origin != null && models.has(name) && !lists(models, name, origin)) {
            throw new HttpFailure(
                    403,
                    "web pages may ask a model that lists their origin under serve.allow_origin. Received: Origin: "
                            + origin + " for '" + name
                            + "'; to let its pages ask, list the origin with --allow-origin");
        }
    }

    /**
     * Refuses pages of other origins, whatever lists them.
     *
     * @throws HttpFailure 403, without the headers that would let a page read it
     */
    static void requireUnshared(Context ctx) {
        if (ctx.res().getHeader(ALLOW) != null) {
            ctx.res().setHeader(ALLOW, null);
            ctx.res().setHeader(EXPOSE, null);
            throw new HttpFailure(403, "metrics and the repository of models are not for web pages of other origins");
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

    /** Says to the browser that pages of this origin may read the answer (Fetch Standard, 3.2, "CORS protocol"). */
    private void share(Context ctx, Origin origin, String given) {
        if (listed == null) {
            ctx.attribute(Origins.class.getName(), origin);
        }
        ctx.header(ALLOW, given);
        ctx.header(EXPOSE, "Lungo-Model-Version, Retry-After, X-Request-Id");
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
