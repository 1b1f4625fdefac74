package org.lungo.deploy.text;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lungo.tensor.Check;

/**
 * How a beam search goes, see {@link Beam}.
 *
 * @param width the number of hypotheses that continue; 1 always takes the likeliest token
 * @param lengthPenalty what texts of different lengths are compared by
 * @param ends the tokens that end a text
 * @param unwritten tokens that are never written, such as padding
 * @param complete whether a text ends without an end token, as before a stop text; null when none does. Of each hypothesis
 *     {@code 2 width + ends} tokens are looked at then, so fewer than {@code width} continue when more than half of them complete
 *     a text
 * @param ending which ended texts count, and when the search is over
 */
public record BeamRules(
        int width,
        LengthPenalty lengthPenalty,
        Set<Integer> ends,
        Set<Integer> unwritten,
        @Nullable Predicate<Hypothesis> complete,
        Ending ending) {
    public BeamRules {
        Check.positive("beams", width);
        ends = Set.copyOf(ends);
        unwritten = Set.copyOf(unwritten);
    }

    /**
     * Which ended texts count, and when the search is over. The two are for different questions: several texts to choose
     * from, or one good text soon.
     */
    public enum Ending {
        /**
         * For the {@code width} best texts. An end counts when fewer than {@code width} likelier hypotheses continue; what the
         * limit of the length cuts off counts as much as what ended. The search is over when {@code width} texts have ended
         * and none that continues can score more than the last of them: {@code early_stopping="never"} of Hugging Face's
         * transformers (GenerationConfig), the "canonical beam search algorithm". Unlike there, an end counts that is not among
         * the {@code width} likeliest tokens.
         */
        CANONICAL {
            @Override
            boolean isOver(Outlook outlook) {
                return outlook.full() && outlook.hope() <= outlook.worst();
            }
        },

        /**
         * For the best text alone. An end counts among the {@code width} likeliest tokens only, as in transformers
         * (BeamSearchScorer) and fairseq; what the limit cuts off counts only when nothing has ended, as in Tensor2Tensor
         * (beam_search.py). The search is over when no text that continues can score more than the best that has ended
         * ({@code stop_early} of Tensor2Tensor), or when {@code width} texts have ended and the likeliest that continues scores no
         * more than the last of them by its present length ({@code early_stopping=False} of transformers, a heuristic).
         */
        EARLY {
            @Override
            boolean isOver(Outlook outlook) {
                return outlook.full() && outlook.present() <= outlook.worst() || outlook.hope() <= outlook.best();
            }
        };

        /** Whether to give up the texts that continue; at least one has ended. */
        abstract boolean isOver(Outlook outlook);

        boolean countsEveryEnd() {
            return this == CANONICAL;
        }

        boolean countsWhatIsCutOff() {
            return this == CANONICAL;
        }
    }

    /**
     * The scores of the texts that have ended, and of the likeliest text that continues.
     *
     * @param full whether {@code width} texts have ended
     * @param best of those that have ended
     * @param worst of those that have ended
     * @param present of the likeliest text that continues, as it is
     * @param hope the highest that it can reach
     */
    record Outlook(boolean full, double best, double worst, double present, double hope) {}
}
