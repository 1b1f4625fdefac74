package org.lungo.preprocess.cleaning;

import java.util.List;
import org.lungo.preprocess.PlainText;
import org.lungo.preprocess.TextPreprocessor.Form;
import org.lungo.tensor.Check;

/**
 * What is done to the texts of a corpus.
 *
 * <pre>{@code
 * Cleaning cleaning = Cleaning.DEFAULTS.withDuplicates(0.8);
 * CleaningReport report = CleanCorpus.write(cleaning, Corpus.of("corpus"), Path.of("clean.jsonl"));
 * System.out.println(report.toText());
 * }</pre>
 *
 * @param plain how texts are written
 * @param limits what a text must be like
 * @param languages that are kept; empty for all. A text too short to recognise is kept
 * @param duplicates the Jaccard similarity of 5-grams of words (Chinese: characters) from which on a text is a duplicate of
 *     an earlier one; 1 for texts of equal words alone, 0 to keep all
 * @param seed of the hash functions
 */
public record Cleaning(PlainText plain, Limits limits, List<Language> languages, double duplicates, long seed) {
    /** NFC without HTML, near duplicates left out. */
    public static final Cleaning DEFAULTS = new Cleaning(new PlainText(Form.NFC, true), Limits.NONE, List.of(), 0.8, 0);

    public Cleaning {
        languages = List.copyOf(languages);
        Check.that(duplicates >= 0 && duplicates <= 1, "duplicates must be from 0 to 1", duplicates);
        Check.that(!languages.contains(Language.UNKNOWN), "languages must be of en, zh and other", Language.UNKNOWN);
    }

    /**
     * What a text must be like; the shares are those of Rae et al. 2021, arXiv:2112.11446, appendix A1.
     *
     * @param minCharacters the minimum number of characters of a text, white space included
     * @param maxCharacters the maximum number of characters of a text
     * @param minLetters the smallest share of letters among the characters other than white space
     * @param maxRepeated the largest share of characters in lines that the text had before
     */
    public record Limits(int minCharacters, int maxCharacters, double minLetters, double maxRepeated) {
        /** Every text with at least one character. */
        public static final Limits NONE = new Limits(1, Integer.MAX_VALUE, 0, 1);

        public Limits {
            Check.positive("min_characters", minCharacters);
            Check.that(maxCharacters >= minCharacters, "max_characters must be at least min_characters", maxCharacters);
            Check.that(minLetters >= 0 && minLetters <= 1, "min_letters must be from 0 to 1", minLetters);
            Check.that(maxRepeated >= 0 && maxRepeated <= 1, "max_repeated must be from 0 to 1", maxRepeated);
        }
    }

    /** With another similarity of duplicates. */
    public Cleaning withDuplicates(double similarity) {
        return new Cleaning(plain, limits, languages, similarity, seed);
    }

    /** With other limits. */
    public Cleaning withLimits(Limits other) {
        return new Cleaning(plain, other, languages, duplicates, seed);
    }

    /** With these languages alone. */
    public Cleaning withLanguages(Language... kept) {
        return new Cleaning(plain, limits, List.of(kept), duplicates, seed);
    }
}
