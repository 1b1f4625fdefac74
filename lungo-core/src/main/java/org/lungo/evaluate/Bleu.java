package org.lungo.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How many of the words and runs of words of translations stand in reference translations: BLEU of a whole corpus.
 * Papineni et al. 2002, ACL, section 2.3, by the definition of sacreBLEU (Post 2018, arXiv:1804.08771) with its defaults:
 * runs of up to four tokens, case counts, one reference, and where no run of a length is right its share is half of one over
 * their number, a quarter for the next such length, and so on (Chen and Cherry 2014, method 3).
 *
 * <pre>{@code
 * Bleu bleu = Bleu.of(translations, references, BleuTokens.THIRTEEN_A);
 * System.out.println(bleu.score() + " " + bleu.signature());
 * }</pre>
 *
 * @param score from 0 to 100
 * @param precisions the shares of runs of one to four tokens that are right, in percent
 * @param brevityPenalty what the score is multiplied by when translations are shorter than the references
 * @param translationTokens how many tokens the translations have
 * @param referenceTokens how many the references have
 * @param tokens how texts were cut
 */
public record Bleu(
        double score,
        List<Double> precisions,
        double brevityPenalty,
        long translationTokens,
        long referenceTokens,
        BleuTokens tokens) {
    /** The length of the longest runs that count. */
    static final int LONGEST = 4;

    public Bleu {
        precisions = List.copyOf(precisions);
    }

    /**
     * The score of {@code translations} against {@code references}, one for each.
     *
     * @throws IllegalArgumentException when their numbers differ, or there are none
     */
    public static Bleu of(List<String> translations, List<String> references, BleuTokens tokens) {
        return BleuCounts.of(translations, references, tokens).bleu();
    }

    /** The score from the counts of a corpus. */
    static Bleu of(BleuCounts.Pair corpus, BleuTokens tokens) {
        long written = corpus.translationTokens();
        long wanted = corpus.referenceTokens();
        List<Double> precisions = precisions(corpus.right(), corpus.all());
        double brevity = written >= wanted ? 1 : written == 0 ? 0 : Math.exp(1 - (double) wanted / written);
        double logs = precisions.stream().mapToDouble(Math::log).sum();
        return new Bleu(brevity * Math.exp(logs / LONGEST), precisions, brevity, written, wanted, tokens);
    }

    private static List<Double> precisions(long[] right, long[] all) {
        List<Double> precisions = new ArrayList<>();
        boolean any = right[0] > 0; // a longer run that is right has shorter ones that are
        double halved = 1;
        for (int i = 0; i < LONGEST; i++) {
            if (!any || all[i] == 0) {
                precisions.add(0.0);
            } else if (right[i] > 0) {
                precisions.add(100.0 * right[i] / all[i]);
            } else {
                halved *= 2;
                precisions.add(100 / (halved * all[i]));
            }
        }
        return precisions;
    }

    /** How the score was computed, in sacreBLEU's form. */
    public String signature() {
        return "nrefs:1|case:mixed|eff:no|tok:" + tokens + "|smooth:exp";
    }

    /** The score with its parts, in sacreBLEU's form. */
    public String toText() {
        return toText("");
    }

    /**
     * The same with the interval of the score behind it, where sacreBLEU has it, too.
     *
     * @param interval such as {@code  (21.10 to 24.02)}; may be empty
     */
    public String toText(String interval) {
        return String.format(
                Locale.ROOT,
                "BLEU %.2f%s = %s (BP %.3f, %,d tokens for %,d) %s",
                score,
                interval,
                precisions.stream()
                        .map(p -> String.format(Locale.ROOT, "%.1f", p))
                        .collect(Collectors.joining("/")),
                brevityPenalty,
                translationTokens,
                referenceTokens,
                signature());
    }
}
