package org.lungo.family.translation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The likeliest hypotheses of one text, which grow by a token at a time: beam search. Of the hypotheses that end, the
 * {@code width} best by {@link Hypothesis#score} are kept; the search is over when as many have ended and none that goes on
 * scores better, when none can score better any more, or at the limit. What the limit cuts off counts only when nothing has
 * ended.
 */
final class Beam {
    private final Rules rules;
    private final int limit;
    private final List<Hypothesis> ended = new ArrayList<>();
    private List<Hypothesis> running;
    private List<Integer> parents = List.of(0);
    private boolean done;

    /**
     * How a search goes.
     *
     * @param width the number of hypotheses; 1 always takes the likeliest token
     * @param alpha the exponent of the length penalty; 0 compares probabilities alone
     * @param start the token before the first
     * @param end the token that ends a text
     * @param padding a token that is never written
     */
    record Rules(int width, double alpha, int start, int end, int padding) {}

    /** One that begins; a text has at most {@code limit} tokens, its end included. */
    Beam(Rules rules, int limit) {
        this.rules = rules;
        this.limit = limit;
        this.running = List.of(Hypothesis.begun(rules.start()));
    }

    /** A token behind a hypothesis. */
    private record Candidate(int parent, int token, double total) {
        /** The likelier first; of equal ones that of the earlier hypothesis and the smaller id. */
        static final Comparator<Candidate> ORDER = Comparator.comparingDouble(Candidate::total)
                .reversed()
                .thenComparingInt(Candidate::parent)
                .thenComparingInt(Candidate::token);
    }

    /**
     * Grows by a token.
     *
     * @param odds log probabilities, [rows, vocabulary]; the first rows are those of {@link #running}
     */
    void advance(float[] odds, int from, int vocabulary) {
        List<Hypothesis> next = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Candidate> candidates = candidates(odds, from, vocabulary);
        for (int rank = 0; rank < candidates.size() && next.size() < rules.width(); rank++) {
            Candidate candidate = candidates.get(rank);
            Hypothesis grown = running.get(candidate.parent()).with(candidate.token(), candidate.total());
            if (candidate.token() != rules.end()) {
                next.add(grown);
                places.add(candidate.parent());
            } else if (rank < rules.width()) { // others would not be in the beam
                ended.add(grown);
            }
        }
        ended.sort(Comparator.<Hypothesis>comparingDouble(h -> h.score(rules.alpha()))
                .reversed());
        if (ended.size() > rules.width()) {
            ended.subList(rules.width(), ended.size()).clear();
        }
        running = next;
        parents = places;
        done = next.isEmpty() || next.get(0).length() == limit || isBeaten(next.get(0));
    }

    /** Whether no running hypothesis, of which {@code best} is the likeliest, is worth going on with. */
    private boolean isBeaten(Hypothesis best) {
        if (ended.isEmpty()) {
            return false;
        }
        double worst = ended.get(ended.size() - 1).score(rules.alpha());
        double hope = best.logProbability() / Hypothesis.penalty(limit, Math.max(0, rules.alpha()));
        return ended.size() == rules.width() && best.score(rules.alpha()) <= worst
                || hope <= ended.get(0).score(rules.alpha());
    }

    /** The likeliest continuations: as many as are needed when each hypothesis also ends. */
    private List<Candidate> candidates(float[] odds, int from, int vocabulary) {
        int most = 2 * rules.width();
        PriorityQueue<Candidate> best = new PriorityQueue<>(Candidate.ORDER.reversed());
        double least = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < running.size(); row++) {
            double before = running.get(row).logProbability();
            for (int token = 0; token < vocabulary; token++) {
                double total = before + odds[from + row * vocabulary + token];
                if (total > least && token != rules.padding() && token != rules.start()) {
                    best.add(new Candidate(row, token, total));
                    if (best.size() > most) {
                        best.remove();
                        least = java.util.Objects.requireNonNull(best.peek()).total();
                    }
                }
            }
        }
        return best.stream().sorted(Candidate.ORDER).toList();
    }

    /** The hypotheses that go on, the likeliest first. */
    List<Hypothesis> running() {
        return running;
    }

    /** For each of {@link #running} the row, before the last step, of the hypothesis that it continues. */
    List<Integer> parents() {
        return parents;
    }

    boolean isDone() {
        return done;
    }

    /** The best of those that ended, or the likeliest of those that the limit cut off. */
    Hypothesis best() {
        return ended.isEmpty() ? running.get(0) : ended.get(0);
    }

    /** Whether {@link #best} has ended by itself. */
    boolean hasEnded() {
        return !ended.isEmpty();
    }
}
