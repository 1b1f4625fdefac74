package org.lungo.model;

import org.lungo.tensor.Random;

/** The shape of a network for tables. What has a line in {@link TableNetwork} can be named in a config and saved. */
public interface Architecture {
    /** The name of the network in configs and saved models, see {@link TableNetwork}. */
    String family();

    /** The layers that are saved with the model, of which {@link TableNetwork#of} makes this shape again. */
    TableLayers saved();

    /** A freshly initialised network. Its parameters live in the scope around the call. */
    Model build(Inputs inputs, Random random);

    /** The number of trainable values of such a network, which need not be made; exact up to 2^53. */
    double count(Inputs inputs);

    /** The values that training keeps for each row until its gradients are known, about. */
    double keptPerRow(Inputs inputs);
}
