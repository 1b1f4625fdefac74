package org.lungo.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The page at {@code /}: files of our own and the chart library, nothing from elsewhere. */
final class Page {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final List<String> FILES = List.of(
            "page.css",
            "page.js",
            "icon.svg",
            "page/answer.js",
            "page/api.js",
            "page/chart.js",
            "page/curl.js",
            "page/dom.js",
            "page/errors.js",
            "page/form.js",
            "page/live.js",
            "page/metrics.js",
            "page/models.js",
            "page/ranking.js",
            "page/talk.js",
            "page/texts.js",
            "page/values.js",
            "page/views.js",
            "page/views/class.js",
            "page/views/labels.js",
            "page/views/plain.js",
            "page/views/similarity.js",
            "page/views/spans.js",
            "page/views/text.js",
            "page/views/value.js",
            "page/views/writing.js");

    void addTo(RouteTable routes) {
        routes.get("/", ctx -> send(ctx, "page.html", "no-cache"));
        for (String name : FILES) {
            routes.get("/" + name, ctx -> send(ctx, name, "no-cache"));
        }
        routes.get("/echarts.js", ctx -> send(ctx, ECHARTS, "max-age=86400"));
    }

    private static void send(Context ctx, String name, String caching) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new HttpFailure(404, "the page's file is not in this archive");
            }
            ctx.header("Cache-Control", caching);
            ctx.header(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                            + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
            ctx.header("X-Content-Type-Options", "nosniff");
            ctx.header("Referrer-Policy", "no-referrer");
            ctx.contentType(TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"))
                    .result(in.readAllBytes());
        }
    }
}
