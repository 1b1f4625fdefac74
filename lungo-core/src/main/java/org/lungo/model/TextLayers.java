package org.lungo.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.lungo.nn.Recurrent;
import org.lungo.nn.TokenEmbedding;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;

/** The shape of the networks that read texts. */
public record TextLayers(
        @JsonPropertyDescription("The width of a word's vector.")
        int embedding,

        @JsonPropertyDescription("The share of words left out in training, drawn again in each step.")
        double wordDropout,

        @JsonPropertyDescription("The dropout rate of the words' vectors in training.")
        double dropout,

        @JsonPropertyDescription("The dropout rate of a text's vector in training.")
        double textDropout,

        @JsonPropertyDescription("The filters of `text_cnn`.")
        Cnn cnn,

        @JsonPropertyDescription("The recurrent network of `text_rnn`.")
        Rnn rnn,

        @JsonPropertyDescription(
                "The mean of the vectors of words and pairs of words: the whole of `text_bag`, and a further vector for"
                        + " the others.")
        Bag bag) {
    public static final TextLayers DEFAULTS =
            new TextLayers(64, 0.3, 0.2, 0.5, Cnn.DEFAULTS, Rnn.DEFAULTS, Bag.DEFAULTS);

    private static final double DEVIATION = 0.1;

    public TextLayers {
        Check.positive("embedding", embedding);
        share("word_dropout", wordDropout);
        share("dropout", dropout);
        share("text_dropout", textDropout);
    }

    private static void share(String name, double value) {
        Check.that(value >= 0 && value < 1, name + " must be at least 0 and below 1", value);
    }

    /** The filters of a convolutional network. */
    public record Cnn(
            @JsonPropertyDescription("The number of filters of each width.")
            int filters,

            @JsonPropertyDescription("The widths of the filters in words.")
            List<Integer> widths) {
        /** Kim 2014, arXiv:1408.5882, section 3.1. */
        public static final Cnn DEFAULTS = new Cnn(100, List.of(3, 4, 5));

        public Cnn {
            Check.positive("filters", filters);
            widths = List.copyOf(widths);
            widths.forEach(width -> Check.positive("widths", width));
            Check.that(
                    !widths.isEmpty() && widths.stream().distinct().count() == widths.size(),
                    "widths must be one or more different numbers",
                    widths);
        }
    }

    /** A recurrent network. */
    public record Rnn(
            @JsonPropertyDescription("The type of cell.") Recurrent.Cell cell,

            @JsonPropertyDescription("The width of the state in each direction.")
            int hidden,

            @JsonPropertyDescription("The number of layers.")
            int layers) {
        public static final Rnn DEFAULTS = new Rnn(Recurrent.Cell.LSTM, 64, 1);

        public Rnn {
            Check.positive("hidden", hidden);
            Check.positive("layers", layers);
        }

        /** The number of values of such a network that reads vectors of width {@code in} in both directions. */
        public double count(double in) {
            double gates = cell == Recurrent.Cell.LSTM ? 4 : 3;
            return 2 * gates * hidden * (in + hidden + 2) + (layers - 1) * 2 * gates * hidden * (3.0 * hidden + 2);
        }
    }

    /** A mean of vectors. */
    public record Bag(
            @JsonPropertyDescription("The width of the vectors; 0 leaves the mean out of `text_cnn` and `text_rnn`.")
            int embedding,

            @JsonPropertyDescription("The number of hash buckets for pairs of words; 0 for words only.")
            int pairs) {
        public static final Bag DEFAULTS = new Bag(64, 1 << 16);

        public Bag {
            Check.notNegative("embedding", embedding);
            Check.notNegative("pairs", pairs);
        }
    }

    /** The layers without anything that is left out in training. */
    public TextLayers withoutDropout() {
        return new TextLayers(embedding, 0, 0, 0, cnn, rnn, bag);
    }

    TokenEmbedding embedding(int tokens, Random random) {
        return new TokenEmbedding.Config(tokens, embedding, DEVIATION).build(random.stream("embedding"));
    }
}
