package org.lungo.deploy.text;

import java.util.List;
import org.lungo.tensor.Check;
import org.lungo.tensor.Scope;
import org.lungo.tensor.Tensor;

/**
 * Texts as vectors: the mean of the model's hidden states behind the last normalisation, over all tokens, divided by its
 * Euclidean length. A model that was not trained for it gives vectors of modest use.
 */
public record TextEmbedder(LanguageBundle bundle) {
    /** {@code tokens}: at least one and at most the context. Returns [hidden], of length 1. */
    public float[] embed(List<Long> tokens) {
        int context = bundle.model().context();
        Check.that(
                !tokens.isEmpty() && tokens.size() <= context,
                "a text must have at least one token and at most the context of " + context,
                tokens.size() + " tokens");
        long[] ids = tokens.stream().mapToLong(Long::longValue).toArray();
        try (Scope scope = Scope.inference()) {
            Tensor hidden = bundle.model().hidden(Tensor.of(ids, 1, ids.length), null); // [1, tokens, hidden]
            return normalised(hidden.mean(1).toFloats()); // [hidden]
        }
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
