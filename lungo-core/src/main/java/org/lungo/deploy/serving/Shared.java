package org.lungo.deploy.serving;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model whose requests share passes, without the queue: {@link SharedAnswerer} serves it.
 *
 * @param <R> one request, read
 * @param <A> its answer
 */
public interface Shared<R, A> {
    /** What it is asked and what it answers. */
    Form form();

    /**
     * Reads the instances of a request; may run in any thread.
     *
     * @throws BadInstanceException when it cannot answer for one, saying which
     */
    R read(List<@Nullable Object> instances);

    /** How many instances a request has. */
    int size(R request);

    /** Whether a pass for {@code request} alone is known to take no longer than passes usually do. */
    boolean isBrief(R request);

    /** The answers to some requests in order; none may depend on the other requests of the pass. */
    List<A> pass(List<R> requests);

    /** An answer as JSON holds it: for each instance its values by name; best made {@link #lazily}. */
    List<Map<String, Object>> perInstance(A answer);

    /** A view of {@code answers}: each is made when it is asked for, in the thread that writes it, not in the model's. */
    static <S> List<Map<String, Object>> lazily(List<S> answers, Function<S, Map<String, Object>> fields) {
        return new AbstractList<>() {
            @Override
            public Map<String, Object> get(int index) {
                return fields.apply(answers.get(index));
            }

            @Override
            public int size() {
                return answers.size();
            }
        };
    }

    /**
     * A model whose requests are lists of questions, each answered alone.
     *
     * @param <Q> one question
     * @param <S> its answer
     */
    interface OfLists<Q, S> extends Shared<List<Q>, List<S>> {
        /** The answers to some questions in order. */
        List<S> answers(List<Q> questions);

        /** An answer as JSON holds it. */
        Map<String, Object> fields(S answer);

        @Override
        default int size(List<Q> request) {
            return request.size();
        }

        @Override
        default List<List<S>> pass(List<List<Q>> requests) {
            List<S> all = answers(requests.stream().flatMap(List::stream).toList());
            List<List<S>> answers = new ArrayList<>();
            int at = 0;
            for (List<Q> request : requests) {
                answers.add(List.copyOf(all.subList(at, at + request.size())));
                at += request.size();
            }
            return answers;
        }

        @Override
        default List<Map<String, Object>> perInstance(List<S> answers) {
            return lazily(answers, this::fields);
        }
    }
}
