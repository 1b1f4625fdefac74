package org.lungo.deploy.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lungo.deploy.ServeConfig;

/**
 * Many callers at once: alone and together, with deadlines that pass, requests that cannot be parsed, passes that fail, and a
 * queue that is closed, or broken by an Error, while they ask. Requests are numbers, and answered with their negative.
 */
@Timeout(120)
class PassesStressTest {
    private static final int CALLERS = 6;
    private static final int ROUNDS = 40;
    private static final int BAD_REQUEST = 13;
    private static final int BAD_PASS = 17;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Turns turns = new Turns(2, threads);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** A model that notices when it is used after it was freed, or by more threads than it allows. */
    private static final class Model {
        private final int maxPasses;
        private final int lastPass;
        private final AtomicInteger computing = new AtomicInteger();
        private final AtomicInteger passes = new AtomicInteger();
        private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean freed;

        /** @param lastPass ends with an Error */
        Model(int maxPasses, int lastPass) {
            this.maxPasses = maxPasses;
            this.lastPass = lastPass;
        }

        List<Integer> answer(List<Integer> requests) {
            check(computing.incrementAndGet() <= maxPasses, "more passes at once than " + maxPasses);
            check(!freed, "a pass has begun after the model was freed");
            try {
                if (passes.incrementAndGet() == lastPass) {
                    throw new StackOverflowError("of the test");
                }
                if (requests.stream().anyMatch(request -> request % BAD_PASS == 0)) {
                    throw new IllegalStateException("bad pass");
                }
                LockSupport.parkNanos(20_000);
                return requests.stream().map(request -> -request).toList();
            } finally {
                check(!freed, "the model was freed while a pass computed");
                computing.decrementAndGet();
            }
        }

        private void check(boolean holds, String fault) {
            if (!holds) {
                faults.add(fault);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "8, 1"})
    void answersEveryRequestOnceAndFreesNothingThatIsUsed(int maxBatch, int maxPasses) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Model model = new Model(maxPasses, round % 4 == 3 ? 50 : -1);
            Passes<Integer, Integer> passes = new Passes<>(
                    new ServeConfig(maxBatch, round % 2, 4, 1000),
                    Serving.plain(turns),
                    request -> 1 + request % 3,
                    request -> request % 5 != 0,
                    model::answer);
            Future<?> owner = threads.submit(() -> {
                try {
                    passes.run(maxPasses);
                } finally {
                    model.freed = true;
                }
            });
            List<Future<Integer>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(caller(passes, new SplittableRandom(100L * round + caller))));
            }
            int answered = 0;
            if (round % 2 == 0) {
                while (model.passes.get() < 20) {
                    Thread.sleep(1);
                }
                passes.close();
            }
            for (Future<Integer> caller : callers) {
                answered += caller.get(30, TimeUnit.SECONDS);
            }
            passes.close();
            awaitEnd(owner, model);
            assertThat(model.faults).isEmpty();
            assertThat(passes.depth()).isZero();
            assertThat(answered).isPositive();
        }
    }

    private static void awaitEnd(Future<?> owner, Model model) throws Exception {
        try {
            owner.get(30, TimeUnit.SECONDS);
            assertThat(model.lastPass == -1 || model.passes.get() < model.lastPass)
                    .isTrue();
        } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e).hasRootCauseMessage("of the test");
        }
    }

    /** Asks in bursts and alone; returns how many were answered. */
    private static Callable<Integer> caller(Passes<Integer, Integer> passes, SplittableRandom random) {
        return () -> {
            int answered = 0;
            for (int i = 0; i < 60; i++) {
                List<Integer> asked = new ArrayList<>();
                List<CompletableFuture<Integer>> answers = new ArrayList<>();
                for (int burst = random.nextInt(1, 4); burst > 0; burst--) {
                    int request = random.nextInt(1, 1000);
                    long patience = random.nextInt(10) == 0 ? random.nextLong(100_000) : TimeUnit.SECONDS.toNanos(20);
                    try {
                        answers.add(passes.ask(() -> parse(request), System.nanoTime() + patience));
                        asked.add(request);
                    } catch (Rejected e) {
                        // the queue is full or closed
                    }
                }
                for (int k = 0; k < asked.size(); k++) {
                    answered += isAnswered(asked.get(k), answers.get(k)) ? 1 : 0;
                }
            }
            return answered;
        };
    }

    private static int parse(int request) {
        if (request % BAD_REQUEST == 0) {
            throw new IllegalArgumentException("bad request");
        }
        return request;
    }

    private static boolean isAnswered(int request, CompletableFuture<Integer> answer) throws Exception {
        try {
            assertThat(answer.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(-request);
            assertThat(request % BAD_PASS != 0 && request % BAD_REQUEST != 0).isTrue();
            return true;
        } catch (CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOfAny(
                            Rejected.class,
                            IllegalArgumentException.class,
                            IllegalStateException.class,
                            StackOverflowError.class);
            return false;
        }
    }
}
