package org.lungo.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The routes of a server, each with the methods that HTTP asks for: {@code HEAD} answers as {@code GET} does, and methods that
 * a path does not know are answered with 405 and the header {@code Allow} (RFC 9110, section 15.5.6).
 */
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
        refuseOthers(path, HandlerType.GET, HandlerType.HEAD);
    }

    /** Answers {@code POST}. */
    public void post(String path, Handler handler) {
        routes.post(path, handler);
        refuseOthers(path, HandlerType.POST);
    }

    private void refuseOthers(String path, HandlerType... known) {
        List<HandlerType> allowed = List.of(known);
        String names = allowed.stream().map(HandlerType::name).collect(Collectors.joining(", "));
        for (HandlerType method : HandlerType.values()) {
            if (method.isHttpMethod() && !allowed.contains(method)) {
                routes.addHttpHandler(method, path, ctx -> {
                    ctx.header("Allow", names);
                    throw HttpFailure.ofCode(
                            405,
                            "method_not_supported",
                            "this path takes " + names + ". Received: "
                                    + ctx.method().name());
                });
            }
        }
    }
}
