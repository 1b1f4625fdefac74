package org.lungo.server.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads and drops what is left of a body once the answer is sent, within bounds, before the connection may close. A close
 * with unread bytes makes TCP throw the answer away, so that a caller who is still sending sees a broken pipe instead of the
 * reason (RFC 9112, section 9.6). No thread waits for the rest.
 */
public final class Lingering extends Handler.Wrapper {
    private final long maxBytes;
    private final long maxMillis;

    /**
     * Bounds for one request.
     *
     * @param maxBytes of a body that are dropped at most
     * @param maxMillis how long its rest may take
     */
    public Lingering(long maxBytes, long maxMillis) {
        this.maxBytes = maxBytes;
        this.maxMillis = maxMillis;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Unhurried(request), response, new Callback.Nested(callback) {
            @Override
            public void succeeded() {
                if (expectsToBeAsked(request)) {
                    super.succeeded();
                } else {
                    new Rest(request, callback).begin();
                }
            }
        });
    }

    /** A request whose body Jetty does not give up on before the answer is sent. */
    private static final class Unhurried extends Request.Wrapper {
        Unhurried(Request request) {
            super(request);
        }

        @Override
        public boolean consumeAvailable() {
            return true; // else what has not arrived yet counts as failed, and is never read
        }
    }

    /** Whether the caller has sent no body yet and waits for 100 Continue: the answer is there instead. */
    private static boolean expectsToBeAsked(Request request) {
        return request.getHeaders().contains(HttpHeader.EXPECT) && Request.getContentBytesRead(request) == 0;
    }

    /** What is left of one body. */
    private final class Rest implements Runnable {
        private final Request request;
        private final Callback end;
        private Scheduler.@org.jspecify.annotations.Nullable Task bound;
        private long dropped;
        private boolean ended;

        Rest(Request request, Callback end) {
            this.request = request;
            this.end = end;
        }

        synchronized void begin() {
            run();
            if (!ended) {
                bound = request.getComponents().getScheduler().schedule(this::end, maxMillis, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public synchronized void run() {
            while (!ended) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    demand();
                    return;
                }
                boolean isLast = chunk.isLast() || Content.Chunk.isFailure(chunk);
                dropped += chunk.remaining();
                chunk.release();
                if (isLast || dropped > maxBytes) {
                    end();
                }
            }
        }

        private void demand() {
            try {
                request.demand(this);
            } catch (IllegalStateException e) { // somebody waits for the body still: it did not arrive in time
                end();
            }
        }

        private synchronized void end() {
            if (!ended) {
                ended = true;
                if (bound != null) {
                    bound.cancel();
                }
                end.succeeded();
            }
        }
    }
}
