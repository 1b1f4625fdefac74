package org.lungo.deploy.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
        new Turns(1).execute(() -> ran[0] = Thread.currentThread());
        assertThat(ran[0]).isSameAs(Thread.currentThread());
    }

    @Test
    void leavesWhatIsTooMuchToThoseThatRunAndDoesNotWait() throws Exception {
        Turns turns = new Turns(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        List<Thread> ran = new ArrayList<>();
        ExecutorService other = Executors.newSingleThreadExecutor();
        Future<Thread> first = other.submit(() -> {
            turns.execute(() -> {
                begun.countDown();
                await(gate);
            });
            return Thread.currentThread();
        });
        begun.await();
        turns.execute(() -> ran.add(Thread.currentThread()));
        turns.execute(() -> ran.add(Thread.currentThread()));
        assertThat(ran).isEmpty();
        gate.countDown();
        Thread thread = first.get();
        assertThat(ran).containsExactly(thread, thread);
        other.shutdown();
    }

    @Test
    void neverRunsMoreThanItMayAndLosesNothing() throws Exception {
        Turns turns = new Turns(2);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(8 * 1000);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        for (int caller = 0; caller < 8; caller++) {
            callers.submit(() -> {
                for (int i = 0; i < 1000; i++) {
                    turns.execute(() -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        running.decrementAndGet();
                        done.countDown();
                    });
                }
            });
        }
        done.await();
        assertThat(most.get()).isLessThanOrEqualTo(2);
        callers.shutdown();
    }

    @Test
    void workThatFailsHoldsNobodyUp() {
        Turns turns = new Turns(1);
        List<String> ran = new ArrayList<>();
        turns.execute(() -> {
            turns.execute(() -> ran.add("after"));
            throw new IllegalStateException("of the test");
        });
        assertThat(ran).containsExactly("after");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
