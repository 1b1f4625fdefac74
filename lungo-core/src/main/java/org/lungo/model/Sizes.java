package org.lungo.model;

/** The sizes of blocks of Transformers, by which networks are counted that need not exist. */
final class Sizes {
    private Sizes() {}

    /** The values of a linear layer with a bias. */
    static double dense(double in, double out) {
        return in * out + out;
    }

    /** The values of an attention whose four linear layers have biases. */
    static double attention(double hidden) {
        return 4 * dense(hidden, hidden);
    }

    /** The values of a block with attention, a feed-forward network of two layers, and two normalisations with a bias. */
    static double block(double hidden, double inner) {
        return attention(hidden) + dense(hidden, inner) + dense(inner, hidden) + 4 * hidden;
    }

    /**
     * The values that a block keeps for each token until gradients are known, about: what enters and leaves the linear
     * layers, the activation, the normalisations and the attention. Networks of 14 million parameters took 0.9 to 1.4 times
     * as much memory as is estimated so.
     *
     * @param weights of the attention that are kept for each token: heads times length, or none
     */
    static double kept(double hidden, double inner, double weights) {
        return 12 * hidden + 2 * inner + 3 * weights;
    }
}
