package org.lungo.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** The routes of a server, each with the methods that HTTP asks for: {@code HEAD} answers as {@code GET} does. */
public final class RouteTable {
    private final RoutesConfig routes;

    RouteTable(RoutesConfig routes) {
        this.routes = routes;
    }

    /**
     * Answers {@code GET} and {@code HEAD}. {@code HEAD} has the status and headers of {@code GET}; the body is left out
     * on the way to the caller (RFC 9110, section 9.3.2).
     */
    public void get(String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    /** Answers {@code POST}. */
    public void post(String path, Handler handler) {
        routes.post(path, handler);
    }
}
