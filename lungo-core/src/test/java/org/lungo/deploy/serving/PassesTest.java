package org.lungo.deploy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lungo.deploy.ServeConfig;

@Timeout(30)
class PassesTest {
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
        Passes<int[], int[]> passes = running(new ServeConfig(32, 2, 256, 1000), PassesTest::twice);
        List<Future<int[]>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int first = i;
            answers.add(passes.ask(() -> rows(first, first + 1000), soon()));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(answers.get(i).get()).containsExactly(2 * i, 2 * i + 2000);
        }
        assertThat(batches).allMatch(rows -> rows <= 32);
        assertThat(batches.stream().mapToInt(rows -> rows).sum()).isEqualTo(200);
    }

    @Test
    void aSingleCallerDoesNotWait() {
        Passes<int[], int[]> passes = running(new ServeConfig(32, 5000, 256, 10_000), PassesTest::twice);
        long start = System.nanoTime();
        passes.ask(() -> rows(1), soon()).join();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void waitsForRequestsThatAreBeingParsed() throws Exception {
        Passes<int[], int[]> passes = running(new ServeConfig(32, 5000, 256, 20_000), PassesTest::twice);
        CountDownLatch parsing = new CountDownLatch(1);
        CountDownLatch parsed = new CountDownLatch(1);
        Future<int[]> slow = passes.ask(
                () -> {
                    parsing.countDown();
                    await(parsed);
                    return rows(1);
                },
                soon());
        parsing.await();
        Future<int[]> quick = passes.ask(() -> rows(2), soon());
        Thread.sleep(100);
        assertThat(quick.isDone()).isFalse();
        parsed.countDown();
        slow.get();
        quick.get();
        assertThat(batches).containsExactly(2);
    }

    @Test
    void refusesWhenTooManyWait() throws Exception {
        Passes<int[], int[]> passes = running(new ServeConfig(8, 0, 2, 10_000), this::held);
        List<Future<int[]>> answers = new ArrayList<>();
        answers.add(passes.ask(() -> rows(0), soon()));
        waitUntil(() -> !batches.isEmpty());
        for (int i = 1; i <= 2; i++) {
            answers.add(passes.ask(() -> rows(1), soon()));
        }
        waitUntil(() -> passes.depth() == 2);
        assertThatThrownBy(passes::requireRoom)
                .isInstanceOfSatisfying(
                        Rejected.class, e -> assertThat(e.reason()).isEqualTo(Rejected.Reason.QUEUE_FULL))
                .hasMessage("2 requests wait already (queue); try again later");
        assertThat(rejected).containsExactly("queue_full");
        gate.countDown();
        for (Future<int[]> answer : answers) {
            answer.get();
        }
    }

    @Test
    void givesUpWhatIsTooLateAndDoesNotComputeIt() throws Exception {
        Passes<int[], int[]> passes = running(new ServeConfig(8, 0, 256, 10_000), this::held);
        Future<int[]> first = passes.ask(() -> rows(0), soon());
        waitUntil(() -> !batches.isEmpty());
        assertThatThrownBy(() -> passes.ask(() -> rows(1), System.nanoTime() + 20_000_000)
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Rejected.class, e -> assertThat(e.reason()).isEqualTo(Rejected.Reason.DEADLINE));
        gate.countDown();
        first.get();
        passes.ask(() -> rows(2), soon()).join();
        assertThat(batches.stream().mapToInt(rows -> rows).sum())
                .as("rows that were computed")
                .isEqualTo(2);
    }

    @Test
    void answersWhatWaitsWhenItIsClosed() throws Exception {
        Passes<int[], int[]> passes = running(new ServeConfig(8, 0, 256, 10_000), this::held);
        Future<int[]> first = passes.ask(() -> rows(1), soon());
        waitUntil(() -> batches.size() == 1);
        Future<int[]> second = passes.ask(() -> rows(2), soon());
        waitUntil(() -> passes.depth() == 1);
        passes.close();
        gate.countDown();
        assertThat(first.get().length + second.get().length).isEqualTo(2);
        assertThatThrownBy(() -> passes.ask(() -> rows(3), soon())).hasMessageContaining("being unloaded");
    }

    @Test
    void requestsThatShareNoPassAreComputedInParallelAndAwaited() throws Exception {
        Passes<int[], int[]> passes = running(2, new ServeConfig(1, 0, 256, 10_000), this::held);
        Future<int[]> first = passes.ask(() -> rows(1), soon());
        Future<int[]> second = passes.ask(() -> rows(2), soon());
        waitUntil(() -> batches.size() == 2);
        passes.close();
        assertThatThrownBy(() -> owner.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        gate.countDown();
        owner.get();
        assertThat(first.get()).containsExactly(2);
        assertThat(second.get()).containsExactly(4);
    }

    @Test
    void aRequestGivenUpWhileItIsComputedKeepsTheModelUntilThen() throws Exception {
        Passes<int[], int[]> passes = running(new ServeConfig(8, 0, 256, 10_000), this::held);
        Future<int[]> late = passes.ask(() -> rows(1), System.nanoTime() + 20_000_000);
        waitUntil(late::isDone);
        passes.close();
        assertThatThrownBy(() -> owner.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        gate.countDown();
        owner.get();
    }

    @Test
    void tellsThoseThatWaitWhenTheModelHasStopped() throws Exception {
        Passes<int[], int[]> passes = running(new ServeConfig(1 << 10, 0, 256, 10_000), rows -> {
            await(gate);
            throw new OutOfMemoryError("of the test");
        });
        Future<int[]> first = passes.ask(() -> rows(1), soon());
        waitUntil(() -> passes.depth() == 0);
        Future<int[]> second = passes.ask(() -> rows(2), soon());
        waitUntil(() -> passes.depth() == 1);
        gate.countDown();
        assertThatThrownBy(first::get).hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(second::get).hasMessageContaining("the model has stopped answering");
        assertThatThrownBy(() -> passes.ask(() -> rows(3), soon())).hasMessageContaining("being unloaded");
    }

    @Test
    void tellsEveryCallerOfAPassThatFailed() {
        Passes<int[], int[]> passes = running(ServeConfig.DEFAULTS, rows -> {
            throw new IllegalStateException("no memory");
        });
        assertThatThrownBy(() -> passes.ask(() -> rows(1), soon()).join()).hasRootCauseMessage("no memory");
        assertThatThrownBy(() -> passes.ask(() -> rows(1), soon()).join()).hasRootCauseMessage("no memory");
    }

    @Test
    void aRequestThatCannotBeParsedHoldsNobodyUp() {
        Passes<int[], int[]> passes = running(new ServeConfig(32, 5000, 256, 20_000), PassesTest::twice);
        assertThatThrownBy(() -> passes.ask(
                                () -> {
                                    throw new IllegalArgumentException("not a row");
                                },
                                soon())
                        .join())
                .hasRootCauseMessage("not a row");
        long start = System.nanoTime();
        passes.ask(() -> rows(1), soon()).join();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void anErrorOfAPassEndsTheOwnerWithIt() {
        Passes<int[], int[]> passes = running(ServeConfig.DEFAULTS, requests -> {
            throw new StackOverflowError("of the test");
        });
        assertThatThrownBy(() -> passes.ask(() -> rows(1), soon()).join())
                .hasRootCauseInstanceOf(StackOverflowError.class);
        assertThatThrownBy(owner::get).hasRootCauseMessage("of the test");
    }

    @Test
    void anAnswerThatIsMissingIsAFailureOfThePass() {
        Passes<int[], int[]> passes = running(ServeConfig.DEFAULTS, requests -> List.of());
        assertThatThrownBy(() -> passes.ask(() -> rows(1), soon()).join())
                .hasRootCauseMessage("a pass must give 1 answers. Received: 0");
    }

    @Test
    void listsShareAPassOfTheirQuestionsAndEachGetsItsOwn() {
        List<List<String>> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch both = new CountDownLatch(2);
        Shared.OfLists<String, Integer> lengths = new Lengths(seen);
        Passes<List<String>, List<Integer>> passes = new Passes<>(
                new ServeConfig(8, 5000, 256, 20_000), serving(), lengths::size, lengths::isBrief, lengths::pass);
        CompletableFuture<List<Integer>> first = passes.ask(() -> together(both, List.of("a", "bb")), soon());
        CompletableFuture<List<Integer>> second = passes.ask(() -> together(both, List.of("ccc")), soon());
        owner = callers.submit(() -> passes.run(1));
        assertThat(first.join()).containsExactly(1, 2);
        assertThat(second.join()).containsExactly(3);
        assertThat(seen).hasSize(1);
    }

    private static List<String> together(CountDownLatch all, List<String> questions) {
        all.countDown();
        await(all);
        return questions;
    }

    private Passes<int[], int[]> running(ServeConfig config, Function<List<int[]>, List<int[]>> model) {
        return running(1, config, model);
    }

    private Passes<int[], int[]> running(int threads, ServeConfig config, Function<List<int[]>, List<int[]>> model) {
        Passes<int[], int[]> passes = new Passes<>(config, serving(), rows -> rows.length, rows -> true, model);
        owner = callers.submit(() -> passes.run(threads));
        return passes;
    }

    private List<int[]> held(List<int[]> requests) {
        batches.add(requests.stream().mapToInt(rows -> rows.length).sum());
        await(gate);
        batches.remove(batches.size() - 1);
        return twice(requests);
    }

    private static List<int[]> twice(List<int[]> requests) {
        return requests.stream()
                .map(rows -> Arrays.stream(rows).map(row -> 2 * row).toArray())
                .toList();
    }

    private static int[] rows(int... values) {
        return values;
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

    private Serving serving() {
        return new Serving(config -> config, Map.of(), metrics, callers);
    }

    /** Knows how long texts are. */
    private record Lengths(List<List<String>> seen) implements Shared.OfLists<String, Integer> {
        @Override
        public Form form() {
            return new Form(Form.View.VALUE, List.of(), List.of(), List.of(), Map.of());
        }

        @Override
        public List<String> read(List<@Nullable Object> instances) {
            return instances.stream().map(String::valueOf).toList();
        }

        @Override
        public boolean isBrief(List<String> request) {
            return true;
        }

        @Override
        public List<Integer> answers(List<String> questions) {
            seen.add(questions);
            return questions.stream().map(String::length).toList();
        }

        @Override
        public Map<String, Object> fields(Integer answer) {
            return Map.of("length", answer);
        }
    }
}
