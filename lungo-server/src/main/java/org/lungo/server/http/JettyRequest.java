package org.lungo.server.http;

import io.javalin.http.Context;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** Jetty's own request behind Javalin's, for what servlets cannot do. */
final class JettyRequest {
    private JettyRequest() {}

    static Request of(Context ctx) {
        return ServletContextRequest.getServletContextRequest(ctx.req());
    }

    /** Runs {@code end} once the answer is sent, or cannot be. */
    static void atEnd(Context ctx, Runnable end) {
        Request.addCompletionListener(of(ctx), failure -> end.run());
    }

    /** The threads that may wait for a caller to take its answer. */
    static Executor threads(Context ctx) {
        return of(ctx).getComponents().getExecutor();
    }
}
