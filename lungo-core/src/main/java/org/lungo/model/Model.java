package org.lungo.model;

import org.lungo.data.Features;
import org.lungo.tensor.Tensor;

/** A network from the features of rows to raw outputs (logits, or scaled numbers). */
public interface Model {
    /**
     * The raw outputs of every member of the model, member after member.
     *
     * @return [members * rows, outputs]
     */
    Tensor forward(Features features);

    /** The network behind what reads columns with a shape of their own; this one when there are none. */
    default Model network() {
        return this;
    }

    /** The number of networks that answer together; 1 for a single network. */
    int members();

    /**
     * The same network for answering only, where that is faster: its answers differ in the last bits, and it cannot be trained
     * or saved. New tensors live in the scope that is open now.
     */
    default Model folded() {
        return this;
    }
}
