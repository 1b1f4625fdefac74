package org.lungo.model;

import org.lungo.tensor.Random;

/** The shape of a network: the config of one family. */
public sealed interface Architecture permits Mlp.Config, TextModel.Config, BertReader.Config {
    /** A freshly initialised network. Its parameters live in the scope around the call. */
    Model build(Inputs inputs, Random random);

    /** The number of trainable values of such a network, which need not be made; exact up to 2^53. */
    double count(Inputs inputs);
}
