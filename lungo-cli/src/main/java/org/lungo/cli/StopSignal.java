package org.lungo.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits for SIGTERM or Ctrl-C and ends in order; a second signal ends at once. Java has no other way to exit with 0 after
 * SIGTERM and to hear of a second one than {@code sun.misc.Signal}, which the compiler warns of without remedy; hence the
 * reflection.
 */
final class StopSignal {
    private static final int TERMINATED = 143;
    private static final int INTERRUPTED = 130;

    private StopSignal() {}

    /**
     * Waits.
     *
     * @param stop what is done at the first signal
     * @return the exit code: 0 after SIGTERM, 130 after Ctrl-C
     */
    static int await(Runnable stop) throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        AtomicInteger code = new AtomicInteger();
        listen("TERM", () -> heard(TERMINATED, 0, first, code));
        listen("INT", () -> heard(INTERRUPTED, INTERRUPTED, first, code));
        first.await();
        stop.run();
        return code.get();
    }

    private static void heard(int forced, int graceful, CountDownLatch first, AtomicInteger code) {
        if (first.getCount() == 0) {
            Runtime.getRuntime().halt(forced);
        }
        code.set(graceful);
        first.countDown();
    }

    private static void listen(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot hear signals: " + e, e);
        }
    }
}
