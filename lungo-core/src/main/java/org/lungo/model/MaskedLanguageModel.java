package org.lungo.model;

import org.jspecify.annotations.Nullable;
import org.lungo.nn.Activation;
import org.lungo.nn.LayerNorm;
import org.lungo.nn.Linear;
import org.lungo.nn.Parameter;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * A BERT that tells tokens that are masked in a text from all others around them: how it is pre-trained. Devlin et al.
 * 2018, arXiv:1810.04805, section 3.1, task 1. Next sentences (task 2) are left out, as in Liu et al. 2019,
 * arXiv:1907.11692, section 4.2.
 */
public record MaskedLanguageModel(Bert bert, Head head) {
    /** The logits of every token, see {@link Bert#hidden}. Returns [batch, sequence, vocabulary]. */
    public Tensor forward(Tensor tokens, @Nullable Tensor types, @Nullable Tensor visible) {
        return head.forward(bert.hidden(tokens, types, visible)); // [batch, sequence, vocabulary]
    }

    /** A freshly initialised model. Its parameters live in the scope around the call. */
    public static MaskedLanguageModel build(Bert.Config config, Random random) {
        return of(config.build(random), config, new Start(random.stream("head"), DType.FLOAT32));
    }

    /** A model of weights that are all to be loaded. Its parameters live in the scope around the call. */
    public static MaskedLanguageModel blank(Bert.Config config, DType dtype) {
        return of(config.blank(dtype), config, new Start(null, dtype));
    }

    /** The number of values of such a model, which need not be made. */
    public static double count(Bert.Config config) {
        double hidden = config.hidden();
        return config.count() + Sizes.dense(hidden, hidden) + 2 * hidden + config.vocabulary();
    }

    private static MaskedLanguageModel of(Bert bert, Bert.Config config, Start start) {
        Head head = new Head(
                start.linear("dense", config.hidden(), config.hidden(), true),
                config.norm(start),
                new Linear(bert.embeddings().words().table(), start.constant(0, config.vocabulary())));
        return new MaskedLanguageModel(bert, head);
    }

    /**
     * A dense layer with GELU, a normalisation and the table of the words again, with a bias.
     *
     * @param dense [..., hidden] to the same
     * @param norm [..., hidden] to the same
     * @param decoder [..., hidden] to [..., vocabulary]; its weight is that of the words
     */
    public record Head(Linear dense, LayerNorm norm, Linear decoder) {
        /** {@code hidden}: [..., hidden]. Returns [..., vocabulary]. */
        public Tensor forward(Tensor hidden) {
            Tensor x = norm.forward(Activation.GELU.forward(dense.forward(hidden))); // [..., hidden]
            return decoder.forward(x); // [..., vocabulary]
        }

        /** The logits' part that does not depend on the text, [vocabulary]. */
        public @Nullable Parameter bias() {
            return decoder.bias();
        }
    }
}
