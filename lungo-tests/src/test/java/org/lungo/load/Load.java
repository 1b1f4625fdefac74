package org.lungo.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests at a rate that does not wait for answers, as wrk2 does: each has its moment, and its time is counted from that
 * moment on, also when no connection was free then. So a server that stalls cannot hide it (Tene, "How not to measure
 * latency", 2015). One thread serves all connections, to leave the processor to the server.
 */
final class Load {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final int port;
    private final byte[] request;
    private final int connections;

    Load(int port, byte[] request, int connections) {
        this.port = port;
        this.request = request;
        this.connections = connections;
    }

    /**
     * What happened.
     *
     * @param perSecond answers a second
     * @param codes how often each status came; 0 for a connection that broke
     * @param accepted the times of the answers with 200, in microseconds
     */
    record Result(double perSecond, Map<Integer, Long> codes, Histogram accepted) {
        @Override
        public String toString() {
            return String.format(
                    "%,.0f/s  p50 %.2f ms  p99 %.2f ms  p99.9 %.2f ms  %s",
                    perSecond,
                    accepted.getValueAtPercentile(50) / 1e3,
                    accepted.getValueAtPercentile(99) / 1e3,
                    accepted.getValueAtPercentile(99.9) / 1e3,
                    codes);
        }
    }

    /** As many requests as the connections carry, each waiting for its answer. */
    Result closed(double seconds) throws IOException {
        return new Run(seconds, Double.POSITIVE_INFINITY).go();
    }

    /** {@code rate} requests a second. */
    Result open(double seconds, double rate) throws IOException {
        return new Run(seconds, rate).go();
    }

    private final class Run {
        private final Map<Integer, Long> codes = new TreeMap<>();
        private final Histogram accepted = new Histogram(3_600_000_000L, 3);
        private final Deque<Exchange> free = new ArrayDeque<>();
        private final double seconds;
        private final double rate;
        private long start;
        private long end;
        private long sent;

        private Run(double seconds, double rate) {
            this.seconds = seconds;
            this.rate = rate;
        }

        private Result go() throws IOException {
            try (Selector selector = Selector.open()) {
                for (int i = 0; i < connections; i++) {
                    Exchange exchange = new Exchange(request);
                    exchange.connect(selector, port);
                    free.add(exchange);
                }
                start = System.nanoTime() + 10_000_000;
                end = start + (long) (seconds * 1e9);
                long now = System.nanoTime();
                for (; moment(now) < end && now < end + PATIENCE; now = System.nanoTime()) {
                    while (!free.isEmpty() && moment(now) <= now && moment(now) < end) {
                        long moment = moment(now);
                        sent++;
                        send(selector, free.remove(), moment);
                    }
                    await(selector, free.isEmpty() ? PATIENCE : moment(now) - System.nanoTime());
                }
                while (free.size() < connections && System.nanoTime() < end + PATIENCE) {
                    await(selector, PATIENCE);
                }
                count(0, connections - free.size());
                selector.keys().forEach(key -> ((Exchange) key.attachment()).close());
            }
            double took = Math.max(seconds, (System.nanoTime() - start) / 1e9);
            return new Result(codes.values().stream().mapToLong(l -> l).sum() / took, codes, accepted);
        }

        /** When the next request is due. */
        private long moment(long now) {
            return Double.isInfinite(rate) ? Math.max(start, now) : start + (long) (sent / rate * 1e9);
        }

        private void send(Selector selector, Exchange exchange, long moment) {
            try {
                exchange.send(selector, port, moment);
            } catch (IOException e) {
                ended(exchange, 0);
            }
        }

        /** Takes the answers of the next {@code nanos}, as soon as some are there. */
        private void await(Selector selector, long nanos) throws IOException {
            if (nanos > 0 && nanos < 1_000_000) { // selectors count in milliseconds
                LockSupport.parkNanos(Math.min(nanos, 50_000));
                selector.selectNow();
            } else if (nanos > 0) {
                selector.select(nanos / 1_000_000);
            } else {
                selector.selectNow();
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Exchange exchange = (Exchange) key.attachment();
                try {
                    int code = exchange.receive();
                    if (code > 0) {
                        ended(exchange, code);
                    }
                } catch (IOException e) {
                    ended(exchange, 0);
                }
            }
            selector.selectedKeys().clear();
        }

        private void ended(Exchange exchange, int code) {
            if (code == 200) {
                accepted.recordValue(Math.max(1, (System.nanoTime() - exchange.moment()) / 1000));
            }
            if (code == 0) {
                exchange.close();
            }
            count(code, 1);
            free.add(exchange);
        }

        private void count(int code, long times) {
            if (times > 0) {
                codes.merge(code, times, Long::sum);
            }
        }
    }

    /** A connection to a port of this machine. */
    static SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel;
    }
}
