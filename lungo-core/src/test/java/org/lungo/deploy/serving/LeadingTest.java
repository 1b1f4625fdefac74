package org.lungo.deploy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lungo.deploy.ServeConfig;

/** Which thread computes a request. Requests are numbers here, and answered with their negative. */
@Timeout(30)
class LeadingTest {
    private static final ServeConfig SHARED = new ServeConfig(8, 0, 256, 20_000);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Thread> computed = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private Thread owner = Thread.currentThread();
    private Future<?> owned = CompletableFuture.completedFuture(null);

    @AfterEach
    void stop() {
        gate.countDown();
        threads.shutdownNow();
    }

    @Test
    void aRequestThatIsAloneIsComputedByItsOwnThread() throws Exception {
        Passes<Integer, Integer> passes = running(SHARED, LeadingTest::negative);
        CompletableFuture<Integer> alone = passes.ask(() -> 7, soon());
        assertThat(alone).as("without waiting for it").isCompletedWithValue(-7);
        assertThat(computed).containsExactly(owner, Thread.currentThread());
    }

    @Test
    void whatArrivesMeanwhileIsLeftToTheModelsThread() throws Exception {
        Passes<Integer, Integer> passes = running(SHARED, this::held);
        Future<CompletableFuture<Integer>> leader = threads.submit(() -> passes.ask(() -> 1, soon()));
        begun.await();
        CompletableFuture<Integer> second = passes.ask(() -> 2, soon());
        CompletableFuture<Integer> third = passes.ask(() -> 3, soon());
        assertThat(passes.depth()).isEqualTo(2);
        gate.countDown();
        assertThat(leader.get()).isCompletedWithValue(-1);
        assertThat(second.get() + third.get()).isEqualTo(-5);
        assertThat(computed.subList(2, computed.size()))
                .as("after that of the leader")
                .containsOnly(owner);
    }

    @Test
    void whoSharesNoPassWaitsForNobodyEither() throws Exception {
        Passes<Integer, Integer> passes = running(3, new ServeConfig(1, 0, 256, 20_000), this::held);
        Future<CompletableFuture<Integer>> leader = threads.submit(() -> passes.ask(() -> 1, soon()));
        begun.await();
        assertThat(passes.ask(() -> 2, soon()).get()).isEqualTo(-2);
        assertThat(computed.get(computed.size() - 1))
                .as("a thread of the model, since the request is not alone")
                .isNotSameAs(Thread.currentThread());
        gate.countDown();
        assertThat(leader.get()).isCompletedWithValue(-1);
    }

    @Test
    void aRequestThatSharesNoPassIsLeftToTheModelsThreadsWhileOthersAreParsed() throws Exception {
        Passes<Integer, Integer> passes = running(2, new ServeConfig(1, 0, 256, 20_000), LeadingTest::negative);
        Future<CompletableFuture<Integer>> slow = threads.submit(() -> passes.ask(
                () -> {
                    begun.countDown();
                    await(gate);
                    return 1;
                },
                soon()));
        begun.await();
        assertThat(passes.ask(() -> 2, soon()).get()).isEqualTo(-2);
        assertThat(computed).hasSize(2).doesNotContain(Thread.currentThread());
        gate.countDown();
        assertThat(slow.get().get()).isEqualTo(-1);
    }

    @Test
    void aRequestIsParsedWhileOthersAreAndSharesTheirPass() throws Exception {
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        Passes<Integer, Integer> passes = running(new ServeConfig(8, 10_000, 256, 20_000), requests -> {
            sizes.add(requests.size());
            return negative(requests);
        });
        Future<CompletableFuture<Integer>> slow = threads.submit(() -> passes.ask(
                () -> {
                    begun.countDown();
                    await(gate);
                    return 1;
                },
                soon()));
        begun.await();
        CompletableFuture<Integer> quick = passes.ask(() -> 2, soon());
        assertThat(quick).isNotDone();
        gate.countDown();
        assertThat(slow.get().get() + quick.get()).isEqualTo(-3);
        assertThat(sizes).containsExactly(1, 2);
    }

    @Test
    void longPassesAreLeftToTheModelsThread() throws Exception {
        Passes<Integer, Integer> passes = running(SHARED, requests -> {
            sleep(30);
            return negative(requests);
        });
        assertThat(passes.ask(() -> 7, soon()).get()).isEqualTo(-7);
        assertThat(computed).containsExactly(owner, owner);
    }

    @Test
    void requestsThatAreLongOrLargeAreLeftToTheModelsThread() throws Exception {
        Passes<Integer, Integer> passes = running(SHARED, LeadingTest::negative);
        passes.ask(() -> 9, soon()).get(); // more than max_batch
        passes.ask(() -> 0, soon()).get(); // not brief
        assertThat(computed).containsExactly(owner, owner, owner);
    }

    @Test
    void theModelIsKeptUntilTheLeaderHasEnded() throws Exception {
        Passes<Integer, Integer> passes = running(SHARED, this::held);
        Future<CompletableFuture<Integer>> leader = threads.submit(() -> passes.ask(() -> 1, soon()));
        begun.await();
        passes.close();
        assertThatThrownBy(() -> owned.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        owner.interrupt();
        assertThatThrownBy(() -> owned.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        gate.countDown();
        assertThat(leader.get()).isCompletedWithValue(-1);
        owned.get();
        assertThatThrownBy(() -> passes.ask(() -> 2, soon())).hasMessageContaining("being unloaded");
    }

    @Test
    void aFailureReachesItsOwnRequestOnly() throws Exception {
        Passes<Integer, Integer> passes = running(SHARED, requests -> {
            if (requests.contains(5)) {
                throw new IllegalStateException("of the test");
            }
            return negative(requests);
        });
        assertThatThrownBy(() -> passes.ask(() -> 5, soon()).join()).hasRootCauseMessage("of the test");
        assertThat(passes.ask(() -> 6, soon())).isCompletedWithValue(-6);
        assertThat(computed).containsExactly(owner, Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void anErrorOfALeaderEndsTheModel() throws Exception {
        Passes<Integer, Integer> passes = running(SHARED, requests -> {
            if (requests.contains(5)) {
                begun.countDown();
                await(gate);
                throw new StackOverflowError("of the test");
            }
            return negative(requests);
        });
        Future<CompletableFuture<Integer>> leader = threads.submit(() -> passes.ask(() -> 5, soon()));
        begun.await();
        CompletableFuture<Integer> waits = passes.ask(() -> 6, soon());
        gate.countDown();
        assertThatThrownBy(() -> leader.get().get()).hasRootCauseInstanceOf(StackOverflowError.class);
        assertThatThrownBy(waits::get).hasMessageContaining("the model has stopped answering");
        assertThatThrownBy(owned::get).hasRootCauseMessage("of the test");
    }

    @Test
    void anAnswerAfterItsDeadlineIsGivenUp() throws Exception {
        Passes<Integer, Integer> passes = running(SHARED, this::held);
        Future<CompletableFuture<Integer>> leader =
                threads.submit(() -> passes.ask(() -> 1, System.nanoTime() + 50_000_000));
        begun.await();
        sleep(60);
        gate.countDown();
        assertThatThrownBy(() -> leader.get().get())
                .cause()
                .isInstanceOfSatisfying(
                        Rejected.class, e -> assertThat(e.reason()).isEqualTo(Rejected.Reason.DEADLINE));
    }

    @Test
    void requestsThatShareAPassHaveOneThread() {
        Passes<Integer, Integer> passes = passes(SHARED, LeadingTest::negative);
        assertThatThrownBy(() -> passes.run(2))
                .hasMessage("requests that share passes are computed one pass at a time. Received: 2");
    }

    private Passes<Integer, Integer> running(ServeConfig config, Function<List<Integer>, List<Integer>> model)
            throws Exception {
        return running(1, config, model);
    }

    /** A queue whose first pass, of the model's own thread, is done. */
    private Passes<Integer, Integer> running(
            int maxPasses, ServeConfig config, Function<List<Integer>, List<Integer>> model) throws Exception {
        Passes<Integer, Integer> passes = passes(config, model);
        CompletableFuture<Thread> started = new CompletableFuture<>();
        owned = threads.submit(() -> {
            started.complete(Thread.currentThread());
            passes.run(maxPasses);
        });
        owner = started.get();
        CompletableFuture<Integer> first = passes.ask(() -> 4, soon());
        assertThat(first.get()).isEqualTo(-4);
        while (owner.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return passes;
    }

    private Passes<Integer, Integer> passes(ServeConfig config, Function<List<Integer>, List<Integer>> model) {
        return new Passes<>(
                config, Serving.plain(Runnable::run), LeadingTest::size, request -> request > 0, requests -> {
                    computed.add(Thread.currentThread());
                    return model.apply(requests);
                });
    }

    private static int size(int request) {
        return request > SHARED.maxBatch() ? request : 1;
    }

    private List<Integer> held(List<Integer> requests) {
        if (requests.contains(1)) {
            begun.countDown();
            await(gate);
        }
        return negative(requests);
    }

    private static List<Integer> negative(List<Integer> requests) {
        return requests.stream().map(request -> -request).toList();
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
