package org.lungo.deploy.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.lungo.tensor.Check;

/**
 * Beam search for one text: the {@code width} likeliest hypotheses grow by a token at a time, those that end wait, and the
 * {@code width} of them that score highest are kept. Wu et al. 2016, arXiv:1609.08144, section 7; Vaswani et al. 2017,
 * arXiv:1706.03762, section 6.1. It knows no model: whoever runs one gives it scores of the next token, and lets keys and
 * values follow their hypotheses.
 *
 * <pre>{@code
 * Beam beam = new Beam(rules, start, 50);
 * float[] logits = ...;                               // [1, vocabulary]
 * beam.advanceByLogits(logits, 0, vocabulary);
 * while (!beam.isDone()) {
 *     cache.select(beam.parents());
 *     logits = ...;                                   // [running, vocabulary], behind the last tokens of beam.running()
 *     beam.advanceByLogits(logits, 0, vocabulary);
 * }
 * int[] tokens = beam.found().get(0).written();
 * }</pre>
 *
 * <p>What differs between models is in {@link BeamRules}.
 */
public final class Beam {
    private final BeamRules rules;
    private final int limit;
    private final List<Ended> ended = new ArrayList<>();
    private List<Hypothesis> running;
    private int[] parents = {0};
    private boolean done;

    /**
     * A search that begins.
     *
     * @param start the token that the model reads before the first
     * @param limit the maximum number of tokens of a text, a token that ends it included
     * @throws IllegalArgumentException when {@code limit} is below 1
     */
    public Beam(BeamRules rules, int start, int limit) {
        this.rules = rules;
        this.limit = Math.toIntExact(Check.positive("max_tokens", limit));
        this.running = List.of(Hypothesis.begun(start));
    }

    private record Ended(Hypothesis text, double score) {}

    /**
     * Grows by a token.
     *
     * @param logProbabilities [rows, vocabulary], from the place {@code from} on; the first rows are those of {@link
     *     #running}, in order
     * @throws IllegalArgumentException when there are fewer rows than hypotheses, or a score is not a number
     */
    public void advance(float[] logProbabilities, int from, int vocabulary) {
        checkRows(logProbabilities, from, vocabulary);
        Candidates candidates = new Candidates(rules);
        for (int row = 0; row < running.size(); row++) {
            double before = running.get(row).logProbability();
            candidates.add(row, before, logProbabilities, from + row * vocabulary, vocabulary);
        }
        take(candidates);
    }

    /** As {@link #advance}, from logits. Their softmax is computed in FLOAT64. */
    public void advanceByLogits(float[] logits, int from, int vocabulary) {
        checkRows(logits, from, vocabulary);
        Candidates candidates = new Candidates(rules);
        for (int row = 0; row < running.size(); row++) {
            int at = from + row * vocabulary;
            double before = running.get(row).logProbability() - TokenScore.logSum(logits, at, vocabulary);
            candidates.add(row, before, logits, at, vocabulary);
        }
        take(candidates);
    }

    private void checkRows(float[] scores, int from, int vocabulary) {
        Check.that(
                scores.length - from >= (long) running.size() * vocabulary,
                "scores must have a row of " + vocabulary + " for each of " + running.size() + " hypotheses",
                scores.length - from);
    }

    private void take(Candidates candidates) {
        List<Hypothesis> next = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int rank = 0; next.size() < rules.width() && !candidates.isEmpty(); rank++) {
            Candidates.Candidate candidate = candidates.next();
            Hypothesis grown = grown(candidate);
            if (grown.stop() == Hypothesis.Stop.TOKEN) {
                if (rank < rules.width() || rules.ending().countsEveryEnd()) {
                    end(grown);
                }
            } else if (grown.isStopped()
                    || grown.length() == limit && rules.ending().countsWhatIsCutOff()) {
                end(grown);
            } else {
                next.add(grown);
                places.add(candidate.parent());
            }
        }
        running = next;
        parents = places.stream().mapToInt(Integer::intValue).toArray();
        done = next.isEmpty() || next.get(0).length() == limit || isBeaten(next.get(0));
    }

    private Hypothesis grown(Candidates.Candidate candidate) {
        Hypothesis parent = running.get(candidate.parent());
        if (rules.ends().contains(candidate.token())) {
            return parent.with(candidate.token(), candidate.total(), Hypothesis.Stop.TOKEN);
        }
        Hypothesis grown = parent.with(candidate.token(), candidate.total(), Hypothesis.Stop.NONE);
        Predicate<Hypothesis> complete = rules.complete();
        return complete != null && complete.test(grown)
                ? parent.with(candidate.token(), candidate.total(), Hypothesis.Stop.COMPLETE)
                : grown;
    }

    /** Keeps the {@code width} that score highest, of equal ones those that ended first. */
    private void end(Hypothesis text) {
        double score = text.score(rules.lengthPenalty());
        int at = ended.size();
        while (at > 0 && ended.get(at - 1).score() < score) {
            at--;
        }
        if (at < rules.width()) {
            ended.add(at, new Ended(text, score));
            if (ended.size() > rules.width()) {
                ended.remove(rules.width());
            }
        }
    }

    /** Whether no running hypothesis, of which {@code likeliest} is the likeliest, is worth going on with. */
    private boolean isBeaten(Hypothesis likeliest) {
        if (ended.isEmpty()) {
            return false;
        }
        LengthPenalty penalty = rules.lengthPenalty();
        double largest = Math.max(penalty.of(likeliest.length() + 1), penalty.of(limit));
        return rules.ending()
                .isOver(new BeamRules.Outlook(
                        ended.size() == rules.width(),
                        ended.get(0).score(),
                        ended.get(ended.size() - 1).score(),
                        likeliest.score(penalty),
                        likeliest.logProbability() / largest));
    }

    /** The hypotheses that continue, the likeliest first. */
    public List<Hypothesis> running() {
        return List.copyOf(running);
    }

    /** For each of {@link #running} the row, before the last step, of the hypothesis that it continues. */
    public int[] parents() {
        return parents.clone();
    }

    /** Whether the search is over: nothing that continues can, or is likely to, change {@link #found}. */
    public boolean isDone() {
        return done;
    }

    /**
     * Of a finished search, the texts that ended, the one that scores highest first, at most {@code width}. When none has
     * ended, those that the limit cut off, the likeliest first.
     */
    public List<Hypothesis> found() {
        return ended.isEmpty() ? running() : ended.stream().map(Ended::text).toList();
    }
}
