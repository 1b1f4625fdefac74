package org.lungo.load;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests at a rate that does not wait for answers, as wrk2 does: each has its moment, and its time is counted from that
 * moment on, also when no connection was free then. So a server that stalls cannot hide it (Tene, "How not to measure
 * latency", 2015).
 */
final class Load {
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
    Result closed(double seconds) throws InterruptedException {
        return run(seconds, 0);
    }

    /** {@code rate} requests a second. */
    Result open(double seconds, double rate) throws InterruptedException {
        return run(seconds, rate);
    }

    private Result run(double seconds, double rate) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        AtomicLong next = new AtomicLong();
        Map<Integer, Long> codes = new TreeMap<>();
        Histogram accepted = new Histogram(3_600_000_000L, 3);
        long start = System.nanoTime() + 100_000_000;
        long end = start + (long) (seconds * 1e9);
        for (int i = 0; i < connections; i++) {
            threads.submit(() -> {
                Map<Integer, Long> own = new TreeMap<>();
                Histogram times = new Histogram(3_600_000_000L, 3);
                try (Connection connection = new Connection(port, request)) {
                    while (true) {
                        long moment = rate == 0
                                ? Math.max(start, System.nanoTime())
                                : start + (long) (next.getAndIncrement() / rate * 1e9);
                        if (moment >= end) {
                            break;
                        }
                        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
                            LockSupport.parkNanos(left);
                        }
                        int code = send(connection);
                        own.merge(code, 1L, Long::sum);
                        if (code == 200) {
                            times.recordValue(Math.max(1, (System.nanoTime() - moment) / 1000));
                        }
                    }
                }
                synchronized (codes) {
                    own.forEach((code, count) -> codes.merge(code, count, Long::sum));
                    accepted.add(times);
                }
                return null;
            });
        }
        threads.shutdown();
        threads.awaitTermination((long) seconds + 120, TimeUnit.SECONDS);
        double took = Math.max(seconds, (System.nanoTime() - start) / 1e9);
        return new Result(codes.values().stream().mapToLong(l -> l).sum() / took, codes, accepted);
    }

    private static int send(Connection connection) {
        try {
            return connection.send();
        } catch (IOException e) {
            return 0;
        }
    }
}
