package org.lungo.model;

import java.util.List;
import org.lungo.nn.Convolution1d;
import org.lungo.nn.TokenEmbedding;
import org.lungo.tensor.Random;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;

/**
 * Filters of several widths over the tokens' vectors, and of each the largest value in the text. Kim 2014, arXiv:1408.5882,
 * section 2. We deviate: filters also see the places before the first and after the last token, as zeros, so that every text
 * has a place for every width.
 *
 * @param embedding the vectors of tokens
 * @param filters [filters, embedding, width] for each width
 * @param dropout of the vectors' values
 */
record TextCnn(TokenEmbedding embedding, List<Convolution1d> filters, double dropout) implements TextEncoder {
    static final WordReading WORDS = new Reading();

    private static final double LOWEST = -1e30;

    @Override
    public Tensor forward(Tensor tokens, Tensor padding) {
        Tensor vectors = embedding.forward(tokens).dropout(dropout); // [rows, length, embedding]
        Tensor x = vectors.transpose(1, 2); // [rows, embedding, length]
        Tensor outside = padding.unsqueeze(1); // BOOL [rows, 1, length]
        List<Tensor> pooled = filters.stream()
                .map(filter -> filter.forward(x)) // [rows, filters, length]
                .map(y ->
                        y.maskedFill(outside, LOWEST).max(2).relu()) // [rows, filters]; relu last is the same for less
                .toList();
        return Reshaping.concat(pooled, 1); // [rows, widths * filters]
    }

    static TextCnn build(TextLayers config, int tokens, Random random) {
        List<Integer> widths = config.cnn().widths();
        List<Convolution1d> filters = widths.stream()
                .map(width -> new Convolution1d.Config(
                                config.embedding(), config.cnn().filters(), width)
                        .build(random.stream("filters", width)))
                .toList();
        return new TextCnn(config.embedding(tokens, random), filters, config.dropout());
    }

    private record Reading() implements WordReading {
        @Override
        public int width(TextLayers layers) {
            return layers.cnn().filters() * layers.cnn().widths().size();
        }

        /** A vector, dropped and transposed; what filters give, masked, and its gradient. */
        @Override
        public double keptPerToken(TextLayers layers) {
            return 4.0 * layers.embedding()
                    + 3.0 * layers.cnn().filters() * layers.cnn().widths().size();
        }

        @Override
        public double count(TextLayers layers, double tokens) {
            double embedding = layers.embedding();
            return tokens * embedding
                    + layers.cnn().filters()
                            * layers.cnn().widths().stream()
                                    .mapToDouble(width -> width * embedding + 1)
                                    .sum();
        }

        @Override
        public List<TextEncoder> build(TextLayers layers, int tokens, Random random) {
            return List.of(TextCnn.build(layers, tokens, random));
        }
    }
}
