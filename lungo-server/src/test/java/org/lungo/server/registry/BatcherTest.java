package org.lungo.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
import org.lungo.preprocess.Encoded;

@Timeout(30)
class BatcherTest {
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<String> rejected = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private Future<?> owner = CompletableFuture.completedFuture(null);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ModelMetrics metrics = new ModelMetrics() {
        @Override
        public void tokens(int prompt, int completion) {}

        @Override
        public void firstToken(long nanos) {}

        @Override
        public void batch(int rows, long nanos) {
            batches.add(rows);
        }

        @Override
        public void queued(long nanos) {}

        @Override
        public void rejected(String reason) {
            rejected.add(reason);
        }
    };

    @AfterEach
    void stop() {
        gate.countDown();
        callers.shutdownNow();
    }

    @Test
    void givesEachRequestItsOwnRows() throws Exception {
        Batcher batcher = running(new ServeConfig(32, 2, 256, 1000), BatcherTest::twice);
        List<Future<double[][]>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            float first = i;
            answers.add(batcher.score(() -> rows(first, first + 0.5f), soon()));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(answers.get(i).get()).isEqualTo(new double[][] {{2.0 * i}, {2.0 * i + 1}});
        }
        assertThat(batches).allMatch(rows -> rows <= 32);
        assertThat(batches.stream().mapToInt(rows -> rows).sum()).isEqualTo(200);
    }

    @Test
    void aSingleCallerDoesNotWait() {
        Batcher batcher = running(new ServeConfig(32, 5000, 256, 10_000), BatcherTest::twice);
        long start = System.nanoTime();
        batcher.score(() -> rows(1), soon()).join();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void waitsForRequestsThatAreBeingParsed() throws Exception {
        Batcher batcher = running(new ServeConfig(32, 5000, 256, 20_000), BatcherTest::twice);
        CountDownLatch parsing = new CountDownLatch(1);
        CountDownLatch parsed = new CountDownLatch(1);
        Future<double[][]> slow = batcher.score(
                () -> {
                    parsing.countDown();
                    await(parsed);
                    return rows(1);
                },
                soon());
        parsing.await();
        Future<double[][]> quick = batcher.score(() -> rows(2), soon());
        Thread.sleep(100);
        assertThat(quick.isDone()).isFalse();
        parsed.countDown();
        slow.get();
        quick.get();
        assertThat(batches).containsExactly(2);
    }

    @Test
    void refusesWhenTooManyWait() throws Exception {
        Batcher batcher = running(new ServeConfig(8, 0, 2, 10_000), this::held);
        List<Future<double[][]>> answers = new ArrayList<>();
        answers.add(batcher.score(() -> rows(0), soon()));
        waitUntil(() -> !batches.isEmpty());
        for (int i = 1; i <= 2; i++) {
            answers.add(batcher.score(() -> rows(1), soon()));
        }
        waitUntil(() -> batcher.depth() == 2);
        assertThatThrownBy(batcher::requireRoom)
                .isInstanceOfSatisfying(
                        Rejected.class, e -> assertThat(e.reason()).isEqualTo(Rejected.Reason.QUEUE_FULL))
                .hasMessage("2 requests wait already (queue); try again later");
        assertThat(rejected).containsExactly("queue_full");
        gate.countDown();
        for (Future<double[][]> answer : answers) {
            answer.get();
        }
    }

    @Test
    void givesUpWhatIsTooLateAndDoesNotComputeIt() throws Exception {
        Batcher batcher = running(new ServeConfig(8, 0, 256, 10_000), this::held);
        Future<double[][]> first = batcher.score(() -> rows(0), soon());
        waitUntil(() -> !batches.isEmpty());
        assertThatThrownBy(() -> batcher.score(() -> rows(1), System.nanoTime() + 20_000_000)
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Rejected.class, e -> assertThat(e.reason()).isEqualTo(Rejected.Reason.DEADLINE));
        gate.countDown();
        first.get();
        batcher.score(() -> rows(2), soon()).join();
        assertThat(batches.stream().mapToInt(rows -> rows).sum())
                .as("rows that were computed")
                .isEqualTo(2);
    }

    @Test
    void answersWhatWaitsWhenItIsClosed() throws Exception {
        Batcher batcher = running(new ServeConfig(8, 0, 256, 10_000), this::held);
        Future<double[][]> first = batcher.score(() -> rows(1), soon());
        waitUntil(() -> batches.size() == 1);
        Future<double[][]> second = batcher.score(() -> rows(2), soon());
        waitUntil(() -> batcher.depth() == 1);
        batcher.close();
        gate.countDown();
        assertThat(first.get().length + second.get().length).isEqualTo(2);
        assertThatThrownBy(() -> batcher.score(() -> rows(3), soon())).hasMessageContaining("being unloaded");
    }

    @Test
    void requestsThatShareNoPassAreComputedSideBySideAndAwaited() throws Exception {
        Batcher batcher = running(new ServeConfig(1, 0, 256, 10_000), this::held);
        Future<?> other = callers.submit(batcher::run);
        Future<double[][]> first = batcher.score(() -> rows(1), soon());
        Future<double[][]> second = batcher.score(() -> rows(2), soon());
        waitUntil(() -> batches.size() == 2);
        batcher.close();
        assertThatThrownBy(() -> owner.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        gate.countDown();
        owner.get();
        other.get();
        assertThat(first.get()).isEqualTo(new double[][] {{2}});
        assertThat(second.get()).isEqualTo(new double[][] {{4}});
    }

    @Test
    void aRequestGivenUpWhileItIsComputedKeepsTheModelUntilThen() throws Exception {
        Batcher batcher = running(new ServeConfig(8, 0, 256, 10_000), this::held);
        Future<double[][]> late = batcher.score(() -> rows(1), System.nanoTime() + 20_000_000);
        waitUntil(late::isDone);
        batcher.close();
        assertThatThrownBy(() -> owner.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        gate.countDown();
        owner.get();
    }

    @Test
    void tellsThoseThatWaitWhenTheModelHasStopped() throws Exception {
        Batcher batcher = running(new ServeConfig(1 << 10, 0, 256, 10_000), rows -> {
            await(gate);
            throw new OutOfMemoryError("of the test");
        });
        Future<double[][]> first = batcher.score(() -> rows(1), soon());
        waitUntil(() -> batcher.depth() == 0);
        Future<double[][]> second = batcher.score(() -> rows(2), soon());
        waitUntil(() -> batcher.depth() == 1);
        gate.countDown();
        assertThatThrownBy(first::get).hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(second::get).hasMessageContaining("the model has stopped answering");
        assertThatThrownBy(() -> batcher.score(() -> rows(3), soon())).hasMessageContaining("being unloaded");
    }

    @Test
    void tellsEveryCallerOfAPassThatFailed() {
        Batcher batcher = running(ServeConfig.DEFAULTS, rows -> {
            throw new IllegalStateException("no memory");
        });
        assertThatThrownBy(() -> batcher.score(() -> rows(1), soon()).join()).hasRootCauseMessage("no memory");
        assertThatThrownBy(() -> batcher.score(() -> rows(1), soon()).join()).hasRootCauseMessage("no memory");
    }

    @Test
    void aRequestThatCannotBeParsedHoldsNobodyUp() {
        Batcher batcher = running(new ServeConfig(32, 5000, 256, 20_000), BatcherTest::twice);
        assertThatThrownBy(() -> batcher.score(
                                () -> {
                                    throw new IllegalArgumentException("not a row");
                                },
                                soon())
                        .join())
                .hasRootCauseMessage("not a row");
        long start = System.nanoTime();
        batcher.score(() -> rows(1), soon()).join();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
    }

    private Batcher running(ServeConfig config, Function<Encoded, double[][]> model) {
        Batcher batcher = new Batcher(config, metrics, callers, model);
        owner = callers.submit(batcher::run);
        return batcher;
    }

    private double[][] held(Encoded rows) {
        batches.add(rows.rows());
        await(gate);
        batches.remove(batches.size() - 1);
        return twice(rows);
    }

    private static double[][] twice(Encoded rows) {
        double[][] scores = new double[rows.rows()][];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = new double[] {2 * rows.numbers()[i]};
        }
        return scores;
    }

    private static Encoded rows(float... values) {
        return new Encoded(values.length, 1, values, 0, new long[0]);
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

    private static void waitUntil(java.util.function.BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }
}
