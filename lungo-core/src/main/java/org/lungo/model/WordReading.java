package org.lungo.model;

import java.util.List;
import org.lungo.tensor.Random;

/** How a {@link TextModel} turns words into vectors, besides their mean ({@link TextBag}). */
interface WordReading {
    /** The width of a text's vector; 0 when the mean is all. */
    int width(TextLayers layers);

    /** The values that training keeps for each token until its gradients are known. */
    double keptPerToken(TextLayers layers);

    /** The number of trainable values that read a column of {@code tokens} different tokens. */
    double count(TextLayers layers, double tokens);

    /** What reads a column of {@code tokens} different tokens; none when the mean is all. */
    List<TextEncoder> build(TextLayers layers, int tokens, Random random);
}
