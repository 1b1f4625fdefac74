package org.lungo.family.language;

import java.util.stream.IntStream;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.preprocess.tokenizer.Tokenizer;

/**
 * Tokens that a model has a place for, but its tokenizer does not know: vocabularies are filled up to a size that processors
 * like. They are never written.
 *
 * @param ids without those that end a text, since these are not decoded
 */
record UnknownTokens(int[] ids) {
    static UnknownTokens of(TextGenerator generator) {
        LanguageBundle bundle = generator.bundle();
        Tokenizer tokenizer = bundle.tokenizer();
        return new UnknownTokens(IntStream.range(0, bundle.vocabulary())
                .filter(id -> !tokenizer.has(id) && !generator.ends().contains((long) id))
                .toArray());
    }

    /** Gives them probability 0. {@code logits}: [rows * vocabulary], changed in place. */
    void exclude(float[] logits, int vocabulary) {
        for (int row = 0; row < logits.length; row += vocabulary) {
            for (int id : ids) {
                logits[row + id] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
