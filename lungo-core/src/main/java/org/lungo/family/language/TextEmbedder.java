package org.lungo.family.language;

import java.util.List;
import java.util.Objects;
import org.lungo.deploy.text.BertBundle;
import org.lungo.deploy.text.LanguageBundle;
import org.lungo.deploy.text.TextBundle;
import org.lungo.model.BertReader.Pooling;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Texts as vectors: the mean of the model's hidden states over all tokens, or that of the first one, divided by its
 * Euclidean length. A BERT reads a text between {@code [CLS]} and {@code [SEP]}, which count as tokens of it (Reimers and
 * Gurevych 2019, arXiv:1908.10084, section 3). A model that was not trained for it gives vectors of modest use.
 *
 * @param pooling what is made of the hidden states; {@code CLS} for a BERT alone
 */
public record TextEmbedder(TextBundle bundle, Pooling pooling) {
    public TextEmbedder {
        Check.that(
                pooling == Pooling.MEAN || bundle instanceof BertBundle,
                "a model that writes texts has no [CLS]; take pooling: mean",
                pooling);
        if (bundle instanceof BertBundle bert) {
            Check.that(
                    bert.tokenizer().id(BertBundle.START) != null
                            && bert.tokenizer().id(BertBundle.END) != null,
                    "the tokenizer of a BERT must have [CLS] and [SEP]",
                    "another");
        }
    }

    /** The mean. */
    public TextEmbedder(TextBundle bundle) {
        this(bundle, Pooling.MEAN);
    }

    /** The maximum number of tokens of a text, without those that are added. */
    public int maxTokens() {
        return bundle instanceof BertBundle ? bundle.context() - 2 : bundle.context();
    }

    /** {@code tokens}: at least one and at most {@link #maxTokens}. Returns [hidden], of length 1. */
    public float[] embed(List<Long> tokens) {
        Check.that(
                !tokens.isEmpty() && tokens.size() <= maxTokens(),
                "a text must have at least one token and at most " + maxTokens() + ", for the context of "
                        + bundle.context(),
                tokens.size() + " tokens");
        long[] ids = tokens.stream().mapToLong(Long::longValue).toArray();
        try (Scope scope = Scope.inference()) {
            Tensor hidden = bundle instanceof BertBundle bert
                    ? bert.bert().hidden(Tensor.of(around(bert, ids), 1, ids.length + 2), null, null)
                    : ((LanguageBundle) bundle).model().hidden(Tensor.of(ids, 1, ids.length), null);
            Tensor pooled = pooling == Pooling.MEAN ? hidden.mean(1) : hidden.select(1, 0); // [1, hidden]
            return normalised(pooled.toFloats()); // [hidden]
        }
    }

    private static long[] around(BertBundle bundle, long... ids) {
        long[] all = new long[ids.length + 2];
        all[0] = Objects.requireNonNull(bundle.tokenizer().id(BertBundle.START));
        System.arraycopy(ids, 0, all, 1, ids.length);
        all[all.length - 1] = Objects.requireNonNull(bundle.tokenizer().id(BertBundle.END));
        return all;
    }

    private static float[] normalised(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.max(Math.sqrt(squares), 1e-12); // a vector of zeros stays one
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }
}
