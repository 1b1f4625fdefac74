package org.lungo.model;

import java.util.List;
import org.lungo.nn.MaskedPooling;
import org.lungo.nn.Recurrent;
import org.lungo.nn.TokenEmbedding;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;

/**
 * A recurrent network in both directions over the tokens' vectors, and of its states the largest and the mean of each value.
 * Conneau et al. 2017, arXiv:1705.02364, section 3.2.
 *
 * @param dropout of the vectors' values
 */
record TextRnn(TokenEmbedding embedding, Recurrent network, double dropout) implements TextEncoder {
    static final WordReading WORDS = new Reading();

    @Override
    public Tensor forward(Tensor tokens, Tensor padding) {
        Tensor vectors = embedding.forward(tokens).dropout(dropout); // [rows, length, embedding]
        Tensor lengths = padding.eq(0).to(DType.INT64).sum(1).clamp(1, Integer.MAX_VALUE); // [rows]
        Tensor states = network.forward(vectors, lengths.to(DType.INT64)); // [rows, length, 2 * hidden]
        return Reshaping.concat(
                List.of(MaskedPooling.max(states, padding), MaskedPooling.mean(states, padding)),
                1); // [rows, 4 * hidden]
    }

    static TextRnn build(TextLayers config, int tokens, Random random) {
        TextLayers.Rnn rnn = config.rnn();
        return new TextRnn(
                config.embedding(tokens, random),
                new Recurrent.Config(rnn.cell(), config.embedding(), rnn.hidden(), rnn.layers(), true)
                        .build(random.stream("rnn")),
                config.dropout());
    }

    private record Reading() implements WordReading {
        @Override
        public int width(TextLayers layers) {
            return 4 * layers.rnn().hidden();
        }

        @Override
        public double keptPerToken(TextLayers layers) {
            return 3.0 * layers.embedding()
                    + 16.0 * layers.rnn().hidden() * layers.rnn().layers();
        }

        @Override
        public double count(TextLayers layers, double tokens) {
            return tokens * layers.embedding() + layers.rnn().count(layers.embedding());
        }

        @Override
        public List<TextEncoder> build(TextLayers layers, int tokens, Random random) {
            return List.of(TextRnn.build(layers, tokens, random));
        }
    }
}
