package org.lungo.deploy.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;

/**
 * The queue of a model whose requests share passes; none holds a thread while it waits. The model's own thread takes as many
 * requests at once as {@code max_batch} allows, at least one. It waits for more, {@code max_delay_ms} at most, only while
 * there are requests that were let in and are still being parsed: a single caller never waits.
 *
 * @param <R> one request, parsed
 * @param <A> its answer
 */
public final class Passes<R, A> {
    private final ServeConfig config;
    private final ModelMetrics metrics;
    private final Executor turns;
    private final ToIntFunction<R> size;
    private final Function<List<R>, List<A>> pass;
    private final Entrance entrance;
    private final Deque<Waiting<R, A>> waiting = new ArrayDeque<>();
    private int waitingSize;
    private int parsing;
    private int computing;
    private boolean collecting;
    private boolean abandoned;
    private @Nullable Error failure;

    /**
     * A queue for one model.
     *
     * @param config as the model and who serves it want it
     * @param size of a request: how many rows or texts it has
     * @param pass the answers to some requests in order; none may depend on the requests beside it
     */
    public Passes(ServeConfig config, Serving serving, ToIntFunction<R> size, Function<List<R>, List<A>> pass) {
        this.config = config;
        this.metrics = serving.metrics();
        this.turns = serving.turns();
        this.size = size;
        this.pass = pass;
        this.entrance = new Entrance(config, metrics, "requests");
    }

    /**
     * A queue for requests that are lists of questions.
     *
     * @param pass the answers to some questions in order
     * @param <Q> one question
     * @param <S> its answer
     */
    public static <Q, S> Passes<List<Q>, List<S>> ofLists(
            ServeConfig config, Serving serving, Function<List<Q>, List<S>> pass) {
        return new Passes<>(config, serving, List::size, requests -> {
            List<S> all =
                    pass.apply(requests.stream().flatMap(Collection::stream).toList());
            List<List<S>> answers = new ArrayList<>();
            int at = 0;
            for (List<Q> request : requests) {
                answers.add(List.copyOf(all.subList(at, at + request.size())));
                at += request.size();
            }
            return answers;
        });
    }

    private record Waiting<R, A>(R request, int size, long deadline, long since, CompletableFuture<A> answer) {
        /** Whether nobody waits for it any more. */
        boolean isGivenUp(long now) {
            return answer.isDone() || now - deadline >= 0;
        }
    }

    /** The number of requests that wait for a pass, or to be parsed. */
    public synchronized int depth() {
        return waiting.size() + parsing;
    }

    /**
     * Refuses a request that would have to be refused later; asked before a body is read, so that refusing costs little.
     *
     * @throws Rejected when too many wait already, or the queue is closed
     */
    public synchronized void requireRoom() {
        entrance.requireRoom(depth());
    }

    private synchronized void enter() {
        requireRoom();
        parsing++;
    }

    /**
     * The answer to the request that {@code parse} makes, once it is there; {@link Rejected} when that is too late.
     *
     * @param parse runs in its turn, in this thread or in another; what it throws is the answer
     * @param deadline by {@link System#nanoTime}
     * @throws Rejected when too many wait already, or the queue is closed
     */
    public CompletableFuture<A> ask(Supplier<R> parse, long deadline) {
        enter();
        CompletableFuture<A> answer = new CompletableFuture<>();
        turns.execute(() -> parse(parse, deadline, answer));
        return Entrance.inTime(answer, deadline);
    }

    private void parse(Supplier<R> parse, long deadline, CompletableFuture<A> answer) {
        Waiting<R, A> parsed = null;
        try {
            if (!answer.isDone() && System.nanoTime() - deadline < 0) {
                R request = parse.get();
                parsed = new Waiting<>(request, size.applyAsInt(request), deadline, System.nanoTime(), answer);
            }
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
        parsed(parsed);
    }

    /** A request is parsed: it waits now, or has ended when {@code request} is null. */
    private synchronized void parsed(@Nullable Waiting<R, A> request) {
        parsing--;
        if (request != null) {
            waiting.add(request);
            waitingSize += request.size();
        }
        if (abandoned) {
            abandon();
        }
        boolean enough = waitingSize >= config.maxBatch() || parsing == 0;
        if (entrance.isClosed()) {
            notifyAll();
        } else if (collecting ? enough : !waiting.isEmpty()) {
            notify();
        }
    }

    /**
     * Computes pass after pass until the queue is closed and nothing is left to be done; then the model may be freed.
     *
     * @param threads that compute: this one and, beyond it, some of the queue's own
     * @throws Error when a pass ended with one; what waited then is rejected
     */
    public void run(int threads) {
        String name = Thread.currentThread().getName();
        for (int i = 1; i < threads; i++) {
            Thread other = new Thread(this::compute, name + "-" + i);
            other.setDaemon(true);
            other.start();
        }
        try {
            compute();
        } finally {
            end();
        }
        throwFailure();
    }

    private void compute() {
        for (List<Waiting<R, A>> some = next(); !some.isEmpty(); some = next()) {
            compute(some);
        }
    }

    private void compute(List<Waiting<R, A>> some) {
        long start = System.nanoTime();
        try {
            List<A> answers = pass.apply(some.stream().map(Waiting::request).toList());
            if (answers.size() != some.size()) {
                throw new IllegalStateException(
                        "a pass must give " + some.size() + " answers. Received: " + answers.size());
            }
            metrics.batch(some.stream().mapToInt(Waiting::size).sum(), System.nanoTime() - start);
            for (int i = 0; i < some.size(); i++) {
                metrics.queued(start - some.get(i).since());
                some.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException | Error e) {
            some.forEach(one -> one.answer().completeExceptionally(e));
            if (e instanceof Error error) {
                fail(error);
            }
        } finally {
            computed();
        }
    }

    private synchronized void computed() {
        computing--;
        if (entrance.isClosed()) {
            notifyAll();
        }
    }

    /** The requests of the next pass; empty when there is none to come. */
    private synchronized List<Waiting<R, A>> next() {
        while (true) {
            while (waiting.isEmpty() && !(entrance.isClosed() && parsing == 0) && !abandoned) {
                pause(0);
            }
            if (waiting.isEmpty()) {
                return List.of();
            }
            collect();
            List<Waiting<R, A>> some = take();
            if (!some.isEmpty()) {
                computing++;
                return some;
            }
        }
    }

    private void collect() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.maxDelayMs());
        collecting = true;
        for (long left = until - System.nanoTime();
                left > 0 && parsing > 0 && waitingSize < config.maxBatch() && !entrance.isClosed();
                left = until - System.nanoTime()) {
            pause(left);
        }
        collecting = false;
    }

    /** The oldest requests that fit into one pass, at least one; those that nobody waits for are dropped. */
    private List<Waiting<R, A>> take() {
        List<Waiting<R, A>> some = new ArrayList<>();
        int taken = 0;
        long now = System.nanoTime();
        while (!waiting.isEmpty()) {
            Waiting<R, A> oldest = waiting.getFirst();
            boolean givenUp = oldest.isGivenUp(now);
            if (!givenUp && !some.isEmpty() && taken + oldest.size() > config.maxBatch()) {
                break;
            }
            waiting.removeFirst();
            waitingSize -= oldest.size();
            if (!givenUp) {
                some.add(oldest);
                taken += oldest.size();
            }
        }
        return some;
    }

    private void pause(long nanos) {
        try {
            if (nanos == 0) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            }
        } catch (InterruptedException e) {
            close();
        }
    }

    /** No more requests are let in; those that wait are answered. */
    public synchronized void close() {
        entrance.close();
        notifyAll();
    }

    /** Nothing is computed any more: the model's memory, or its code, cannot be trusted. */
    private synchronized void fail(Error error) {
        failure = failure == null ? error : failure;
        abandon();
    }

    /** What still waits is told that nobody computes any more. */
    private void abandon() {
        abandoned = true;
        close();
        waiting.forEach(left -> left.answer().completeExceptionally(Entrance.stopped()));
        waiting.clear();
        waitingSize = 0;
    }

    /** Waits until no thread computes, even if this one is interrupted: what passes read is freed next. */
    private synchronized void end() {
        abandon();
        while (computing > 0) {
            pause(0);
        }
    }

    private synchronized void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
