package org.lungo.deploy.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
    @Test
    void runsWorkInTheCallersThread() {
        Thread[] ran = new Thread[1];
        new Turns(1, TurnsTest::none).execute(() -> ran[0] = Thread.currentThread());
        assertThat(ran[0]).isSameAs(Thread.currentThread());
    }

    @Test
    void leavesWhatIsTooMuchToItsOwnThreadsAndHoldsNoCaller() throws Exception {
        ExecutorService own = Executors.newSingleThreadExecutor();
        Turns turns = new Turns(1, own);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2);
        List<Thread> ran = Collections.synchronizedList(new ArrayList<>());
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<?> first = caller.submit(() -> turns.execute(() -> {
            begun.countDown();
            await(gate);
        }));
        begun.await();
        for (int i = 0; i < 2; i++) {
            turns.execute(() -> {
                await(others);
                ran.add(Thread.currentThread());
                done.countDown();
            });
        }
        assertThat(ran).isEmpty();
        gate.countDown();
        first.get(); // the caller is free although others still wait
        others.countDown();
        done.await();
        Thread thread = own.submit(Thread::currentThread).get();
        assertThat(ran).containsExactly(thread, thread);
        caller.shutdown();
        own.shutdown();
    }

    @Test
    void endsItsOwnThreadsOrLetsTheProcessEnd() throws Exception {
        Turns turns = Turns.ofProcessors();
        int processors = Runtime.getRuntime().availableProcessors();
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(processors);
        ExecutorService callers = Executors.newFixedThreadPool(processors);
        for (int i = 0; i < processors; i++) {
            callers.submit(() -> turns.execute(() -> {
                begun.countDown();
                await(gate);
            }));
        }
        begun.await();
        CompletableFuture<Thread> own = new CompletableFuture<>();
        turns.execute(() -> own.complete(Thread.currentThread()));
        gate.countDown();
        assertThat(own.get()).matches(Thread::isDaemon, "is a daemon").isNotSameAs(Thread.currentThread());
        callers.shutdown();
    }

    @Test
    void neverRunsMoreThanItMayAndLosesNothing() throws Exception {
        ExecutorService own = Executors.newCachedThreadPool();
        Turns turns = new Turns(2, own);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger peak = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(8 * 1000);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        for (int caller = 0; caller < 8; caller++) {
            callers.submit(() -> {
                for (int i = 0; i < 1000; i++) {
                    turns.execute(() -> {
                        peak.accumulateAndGet(running.incrementAndGet(), Math::max);
                        running.decrementAndGet();
                        done.countDown();
                    });
                }
            });
        }
        done.await();
        assertThat(peak.get()).isLessThanOrEqualTo(2);
        callers.shutdown();
        own.shutdown();
    }

    @Test
    void workThatFailsHoldsNobodyUp() {
        Turns turns = new Turns(1, Runnable::run);
        List<String> ran = new ArrayList<>();
        turns.execute(() -> {
            turns.execute(() -> ran.add("after"));
            throw new IllegalStateException("of the test");
        });
        assertThat(ran).containsExactly("after");
    }

    private static void none(Runnable work) {
        throw new IllegalStateException("nothing waits");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
