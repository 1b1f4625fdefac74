package org.lungo.model;

import org.jspecify.annotations.Nullable;
import org.lungo.nn.KeyValueCache;
import org.lungo.tensor.Tensor;

/** A network that gives, after each token of a text, the logits of the next one; it never sees tokens to the right. */
public interface LanguageModel {
    /**
     * What the model knows after each token: the hidden states behind the last normalisation.
     *
     * @param tokens [batch, sequence] INT64, each in [0, vocabulary); with what the cache holds at most {@link #context}
     * @param cache the tokens before, which these are added to; null for none, as in training
     * @return [batch, sequence, hidden]
     */
    Tensor hidden(Tensor tokens, @Nullable KeyValueCache cache);

    /** The logits of {@link #hidden} states: [..., hidden]. Returns [..., vocabulary]. */
    Tensor logits(Tensor hidden);

    /** The logits of the token that follows each token. See {@link #hidden}. Returns [batch, sequence, vocabulary]. */
    default Tensor forward(Tensor tokens, @Nullable KeyValueCache cache) {
        return logits(hidden(tokens, cache)); // [batch, sequence, vocabulary]
    }

    /** An empty cache for {@code batch} texts of at most {@code capacity} tokens each. */
    KeyValueCache cache(int batch, int capacity);

    /** The most tokens of a text. */
    int context();

    /** The number of different tokens. */
    int vocabulary();
}
