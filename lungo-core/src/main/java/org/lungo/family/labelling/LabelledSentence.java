package org.lungo.family.labelling;

import java.util.List;
import org.lungo.tensor.Check;

/**
 * A sentence in tokens: words, or Chinese characters.
 *
 * @param labels one for each token
 */
public record LabelledSentence(List<String> tokens, List<String> labels) {
    /** Checks that there are tokens and as many labels. */
    public LabelledSentence {
        tokens = List.copyOf(tokens);
        labels = List.copyOf(labels);
        Check.that(!tokens.isEmpty(), "a sentence must have at least one token", "none");
        Check.that(
                tokens.size() == labels.size(),
                "a sentence must have a label for each of its " + tokens.size() + " tokens",
                labels.size() + " labels");
    }

    /** The number of tokens. */
    public int length() {
        return tokens.size();
    }
}
