package org.lungo.family.labelling;

import java.util.List;
import org.lungo.tensor.Tensor;

/** A network that reads sentences in tokens and says what it knows of each token. */
public sealed interface SentenceEncoder permits WordEncoder, PieceEncoder {
    /**
     * What is known of each token.
     *
     * @param sentences each of one token or more, and of {@link #longest} at most
     * @return [batch, seq, width], seq being the length of the longest sentence; values after a sentence's end mean nothing
     */
    Tensor forward(List<List<String>> sentences);

    /** The most tokens of a sentence. */
    int longest();
}
