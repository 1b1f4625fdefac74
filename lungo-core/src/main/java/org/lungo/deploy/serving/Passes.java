package org.lungo.deploy.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.tensor.Check;

/**
 * The queue of a model whose requests share passes; none holds a thread while it waits. The model's own thread takes as many
 * requests at once as {@code max_batch} allows, at least one. It waits for more, {@code max_delay_ms} at most, only while
 * there are requests that were let in and are still being parsed.
 *
 * <p>A request that is alone waits for nobody: the thread that has parsed it computes it at once, if passes are short ({@link
 * Leaders}). What arrives meanwhile is left to the model's thread, so that no thread is held up with the requests of others.
 *
 * @param <R> one request, parsed
 * @param <A> its answer
 */
public final class Passes<R, A> {
    private final ServeConfig config;
    private final ModelMetrics metrics;
    private final Executor turns;
    private final ToIntFunction<R> size;
    private final Predicate<R> brief;
    private final Function<List<R>, List<A>> pass;
    private final Entrance entrance;
    private final Deque<Waiting<R, A>> waiting = new ArrayDeque<>();
    private final Leaders leaders = new Leaders();
    private int waitingSize;
    private int parsing;
    private int computing;
    private int threads;
    private boolean collecting;
    private boolean abandoned;
    private @Nullable Error failure;

    /**
     * A queue for one model.
     *
     * @param config as the model and who serves it want it
     * @param size of a request: how many rows or texts it has
     * @param brief whether a pass for this request alone is known to take no longer than passes usually do; others are left to
     *     the model's thread
     * @param pass the answers to some requests in order; none may depend on the other requests of the pass
     */
    public Passes(
            ServeConfig config,
            Serving serving,
            ToIntFunction<R> size,
            Predicate<R> brief,
            Function<List<R>, List<A>> pass) {
        this.config = config;
        this.metrics = serving.metrics();
        this.turns = serving.turns();
        this.size = size;
        this.brief = brief;
        this.pass = pass;
        this.entrance = new Entrance(config, metrics, "requests");
    }

    private record Waiting<R, A>(
            R request, int size, boolean brief, long deadline, long since, CompletableFuture<A> answer) {
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
                parsed = new Waiting<>(
                        request, size.applyAsInt(request), brief.test(request), deadline, System.nanoTime(), answer);
            }
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
        if (parsed == null) {
            gaveUp();
        } else if (arrives(parsed)) {
            compute(List.of(parsed));
        }
    }

    /** A request has ended before it could wait. */
    private synchronized void gaveUp() {
        parsing--;
        wake();
    }

    /** A request is parsed: it waits now, or this thread is to compute it at once if that is what is returned. */
    private synchronized boolean arrives(Waiting<R, A> request) {
        parsing--;
        boolean leads = leads(request);
        if (leads) {
            computing++;
        } else {
            waiting.add(request);
            waitingSize += request.size();
        }
        if (abandoned) {
            abandon();
        }
        wake();
        return leads;
    }

    /** Whether a request that is alone is computed by this thread. */
    private boolean leads(Waiting<R, A> request) {
        return threads > 0
                && computing == 0
                && parsing == 0
                && waiting.isEmpty()
                && request.brief()
                && request.size() <= config.maxBatch()
                && !request.isGivenUp(System.nanoTime())
                && leaders.admit(Thread.currentThread());
    }

    private boolean mayTake() {
        return !waiting.isEmpty() && computing < threads;
    }

    /** Wakes a thread of the model if there is something for it to do. */
    private void wake() {
        boolean enough = waitingSize >= config.maxBatch() || parsing == 0;
        if (entrance.isClosed()) {
            notifyAll();
        } else if (collecting ? enough : mayTake()) {
            notify();
        }
    }

    /**
     * Computes pass after pass until the queue is closed and nothing is left to be done; then the model may be freed.
     *
     * @param maxPasses passes at once, and threads of the model: this one and some of the queue's own. More than one only where
     *     requests share no pass
     * @throws Error when a pass ended with one; what waited then is rejected
     */
    public void run(int maxPasses) {
        Check.that(
                maxPasses == 1 || config.maxBatch() == 1,
                "requests that share passes are computed one pass at a time",
                maxPasses);
        begin(maxPasses);
        String name = Thread.currentThread().getName();
        for (int i = 1; i < maxPasses; i++) {
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

    private synchronized void begin(int maxPasses) {
        threads = abandoned ? 0 : maxPasses;
    }

    private void compute() {
        for (List<Waiting<R, A>> some = next(); !some.isEmpty(); some = next()) {
            compute(some);
        }
    }

    private void compute(List<Waiting<R, A>> some) {
        try {
            long start = System.nanoTime();
            List<A> answers = pass.apply(some.stream().map(Waiting::request).toList());
            long took = System.nanoTime() - start;
            observe(took);
            metrics.batch(some.stream().mapToInt(Waiting::size).sum(), took);
            some.forEach(one -> metrics.queued(start - one.since()));
            tell(some, answers);
        } catch (RuntimeException | Error e) {
            some.forEach(one -> one.answer().completeExceptionally(e));
            if (e instanceof Error error) {
                fail(error);
            }
        } finally {
            computed();
        }
    }

    private void tell(List<Waiting<R, A>> some, List<A> answers) {
        if (answers.size() != some.size()) {
            throw new IllegalStateException(
                    "a pass must give " + some.size() + " answers. Received: " + answers.size());
        }
        long now = System.nanoTime();
        for (int i = 0; i < answers.size(); i++) {
            if (!some.get(i).isGivenUp(now)) {
                some.get(i).answer().complete(answers.get(i));
            }
        }
    }

    private synchronized void observe(long nanos) {
        leaders.passTook(nanos);
    }

    private synchronized void computed() {
        computing--;
        wake();
    }

    /** The requests of the next pass; empty when there is none to come. */
    private synchronized List<Waiting<R, A>> next() {
        while (true) {
            while (!mayTake()) {
                if (waiting.isEmpty() && (abandoned || entrance.isClosed() && parsing == 0)) {
                    return List.of();
                }
                pause(0);
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

    /** Requests that still wait fail, as nothing computes them any more. */
    private void abandon() {
        abandoned = true;
        threads = 0;
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
