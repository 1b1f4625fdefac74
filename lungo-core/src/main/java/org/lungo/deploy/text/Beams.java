package org.lungo.deploy.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.lungo.tensor.Check;

/**
 * The hypotheses of a beam search, step by step: the {@code width} likeliest texts go on, those that have ended wait. A text
 * is worth its log-probability divided by its number of tokens to the power of {@code lengthPenalty} (Wu et al. 2016,
 * arXiv:1609.08144, section 7, with transformers' simpler penalty). It ends when no text that goes on can be worth more than
 * those that have ended, which no shorter search would know.
 *
 * <pre>{@code
 * Beams beams = new Beams(new Beams.Settings(4, 1, 50), Set.of(end), tokens -> false);
 * while (!beams.isDone()) {
 *     int[] parents = beams.advance(logits);          // [live beams][vocabulary]
 *     cache.select(parents);                          // then the tokens of beams.live() are read
 * }
 * }</pre>
 */
public final class Beams {
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(Candidate::logProbability)
            .reversed()
            .thenComparingInt(Candidate::parent)
            .thenComparingInt(Candidate::token);

    private final Settings settings;
    private final Set<Long> ends;
    private final Predicate<List<Long>> complete;
    private final List<Beam> ended = new ArrayList<>();
    private List<Beam> live = List.of(new Beam(List.of(), 0, false));

    /**
     * The search.
     *
     * @param ends the tokens that end a text and are no part of it
     * @param complete whether a text ends with the tokens it has
     */
    public Beams(Settings settings, Set<Long> ends, Predicate<List<Long>> complete) {
        this.settings = settings;
        this.ends = Set.copyOf(ends);
        this.complete = complete;
    }

    /**
     * How wide and how long.
     *
     * @param width the number of texts that go on
     * @param lengthPenalty above 0 longer texts are worth more, at 0 the log-probability alone counts
     * @param maxTokens the most tokens of a text
     */
    public record Settings(int width, double lengthPenalty, int maxTokens) {
        public Settings {
            Check.positive("beams", width);
            Check.that(Double.isFinite(lengthPenalty), "length_penalty must be a number", lengthPenalty);
            Check.positive("max_tokens", maxTokens);
        }

        double worth(double logProbability, int tokens) {
            return logProbability / Math.pow(Math.max(1, tokens), lengthPenalty);
        }
    }

    /**
     * One text.
     *
     * @param logProbability of its tokens, and of the one that ended it
     * @param stopped whether it ended by itself, not by its length
     */
    public record Beam(List<Long> tokens, double logProbability, boolean stopped) {
        public Beam {
            tokens = List.copyOf(tokens);
        }

        Beam with(long token, double score, boolean end) {
            List<Long> longer = new ArrayList<>(tokens);
            longer.add(token);
            return new Beam(longer, score, end);
        }
    }

    private record Candidate(int parent, int token, double logProbability) {}

    /** The texts that go on, the likeliest first. */
    public List<Beam> live() {
        return live;
    }

    /** The texts that have ended, the one worth most first; at most as many as are searched. */
    public List<Beam> ended() {
        return List.copyOf(ended);
    }

    /** Whether nothing can become better any more. */
    public boolean isDone() {
        if (live.isEmpty()) {
            return true;
        }
        int longest = settings.lengthPenalty() > 0
                ? settings.maxTokens()
                : live.get(0).tokens().size() + 1;
        return ended.size() >= settings.width()
                && settings.worth(live.get(0).logProbability(), longest) <= worth(ended.get(ended.size() - 1));
    }

    private double worth(Beam beam) {
        return settings.worth(beam.logProbability(), beam.tokens().size() + (beam.stopped() ? 1 : 0));
    }

    /**
     * Goes on by a token.
     *
     * @param logits one row of [vocabulary] for each of {@link #live}, in order
     * @return for each of those that are live now, which of those before it continues
     */
    public int[] advance(float[][] logits) {
        List<Beam> next = new ArrayList<>();
        List<Integer> parents = new ArrayList<>();
        for (Candidate candidate : candidates(logits)) {
            Beam parent = live.get(candidate.parent());
            if (ends.contains((long) candidate.token())) {
                end(new Beam(parent.tokens(), candidate.logProbability(), true));
                continue;
            }
            Beam longer = parent.with(candidate.token(), candidate.logProbability(), false);
            if (complete.test(longer.tokens())) {
                end(new Beam(longer.tokens(), longer.logProbability(), true));
            } else if (longer.tokens().size() == settings.maxTokens()) {
                end(longer);
            } else {
                next.add(longer);
                parents.add(candidate.parent());
            }
            if (next.size() == settings.width()) {
                break;
            }
        }
        live = next;
        return parents.stream().mapToInt(parent -> parent).toArray();
    }

    private List<Candidate> candidates(float[][] logits) {
        List<Candidate> all = new ArrayList<>();
        for (int row = 0; row < live.size(); row++) {
            double before = live.get(row).logProbability() - TokenScore.logSum(logits[row]);
            for (int token : TokenScore.likeliest(logits[row], 2 * settings.width() + ends.size())) {
                all.add(new Candidate(row, token, before + logits[row][token]));
            }
        }
        all.sort(BEST_FIRST);
        return all;
    }

    private void end(Beam beam) {
        ended.add(beam);
        ended.sort(Comparator.comparingDouble(this::worth).reversed());
        if (ended.size() > settings.width()) {
            ended.remove(ended.size() - 1);
        }
    }
}
