package org.lungo.family.labelling;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lungo.model.TextLayers;
import org.lungo.nn.ConditionalRandomField;
import org.lungo.nn.Convolution1d;
import org.lungo.nn.Linear;
import org.lungo.nn.Recurrent;
import org.lungo.nn.TokenEmbedding;
import org.lungo.preprocess.WordIds;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;

/** The shape of a {@link Tagger} that reads words and characters. */
public record TaggerLayers(
        @JsonPropertyDescription(
                "How labels are chosen: `crf` takes the likeliest sequence of labels, `softmax` the likeliest label"
                        + " of each token.")
        Head head,

        @JsonPropertyDescription("The width of a word's vector.")
        int embedding,

        @JsonPropertyDescription("Whether words are looked up in lower case; their characters are read as written.")
        boolean lowercase,

        @JsonPropertyDescription("How words are read by their characters.")
        Characters characters,

        @JsonPropertyDescription("The bidirectional recurrent network.")
        TextLayers.Rnn rnn,

        @JsonPropertyDescription("The dropout rate in training, of characters, words and states.")
        double dropout) {
    /** Widths as in Ma and Hovy 2016, arXiv:1603.01354, table 1, with 100 instead of 200 values of the state. */
    public static final TaggerLayers DEFAULTS = new TaggerLayers(
            Head.CRF, 100, true, Characters.DEFAULTS, new TextLayers.Rnn(Recurrent.Cell.LSTM, 100, 1), 0.5);

    private static final double DEVIATION = 0.1;

    /** Characters of a word, for estimates of memory. */
    private static final int LETTERS = 8;

    /** Values of a recurrent cell for each of its states: gates, cell, state and what enters. */
    private static final int STATES = 8;

    public TaggerLayers {
        Check.positive("embedding", embedding);
        Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
    }

    /** The same with another share of dropped values. */
    public TaggerLayers withDropout(double dropout) {
        return new TaggerLayers(head, embedding, lowercase, characters, rnn, dropout);
    }

    /** How labels are chosen. */
    public enum Head {
        @JsonProperty("crf")
        CRF,
        @JsonProperty("softmax")
        SOFTMAX;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Filters over the characters of a word. */
    public record Characters(
            @JsonPropertyDescription("The width of a character's vector.")
            int embedding,

            @JsonPropertyDescription("The number of filters; 0 reads words without their characters.")
            int filters,

            @JsonPropertyDescription("The width of a filter in characters.")
            int width) {
        /** Ma and Hovy 2016, arXiv:1603.01354, table 1. */
        public static final Characters DEFAULTS = new Characters(30, 30, 3);

        public Characters {
            Check.positive("embedding", embedding);
            Check.notNegative("filters", filters);
            Check.positive("width", width);
        }
    }

    /**
     * A freshly initialised network; its parameters live in the scope that is open now.
     *
     * @param ids the words and characters that it knows
     * @param labels what it may answer
     * @param plain whether they are labels of tokens by themselves and not of entities
     */
    public Tagger build(WordIds ids, List<String> labels, boolean plain, Random random) {
        int filters = characters.filters();
        WordEncoder encoder = new WordEncoder(
                ids,
                new TokenEmbedding.Config(ids.size(), embedding, DEVIATION).build(random.stream("words")),
                filters == 0
                        ? null
                        : new TokenEmbedding.Config(ids.characterCount(), characters.embedding(), DEVIATION)
                                .build(random.stream("characters")),
                filters == 0
                        ? null
                        : new Convolution1d.Config(characters.embedding(), filters, characters.width())
                                .build(random.stream("filters")),
                new Recurrent.Config(rnn.cell(), embedding + filters, rnn.hidden(), rnn.layers(), true)
                        .build(random.stream("rnn")),
                dropout);
        return over(encoder, 2 * rnn.hidden(), labels, plain, random);
    }

    /**
     * The number of values of such a network, which need not be made.
     *
     * @param labels how many
     */
    public double count(WordIds ids, int labels) {
        double filters = characters.filters();
        double letters = filters == 0
                ? 0
                : (double) ids.characterCount() * characters.embedding()
                        + filters * (characters.embedding() * (double) characters.width() + 1);
        double words = (double) ids.size() * embedding;
        return words + letters + rnn.count(embedding + filters) + chosen(2.0 * rnn.hidden(), labels);
    }

    /**
     * The number of values over what reads the sentences.
     *
     * @param width of what is read of a token
     * @param labels how many
     */
    public double chosen(double width, int labels) {
        double field = head == Head.CRF ? (double) labels * labels + 2.0 * labels : 0;
        return (width + 1) * labels + field;
    }

    /** The values that training keeps for each token until gradients are known, about. */
    public double keptPerToken(int labels) {
        double word = embedding + characters.filters();
        double letters = LETTERS * (characters.embedding() + 2.0 * characters.filters());
        double states = rnn.layers() * 2.0 * rnn.hidden() * STATES;
        return 2 * word + letters + states + chosenKept(labels);
    }

    /** The same of the part over what reads the sentences. */
    public double chosenKept(int labels) {
        return head == Head.CRF ? 3.0 * labels * labels : 3.0 * labels;
    }

    /** The same over a BERT; of the layers only how labels are chosen counts. */
    public Tagger build(PieceEncoder encoder, List<String> labels, boolean plain, Random random) {
        return over(encoder, encoder.bert().hidden(), labels, plain, random);
    }

    private Tagger over(SentenceEncoder encoder, int width, List<String> labels, boolean plain, Random random) {
        return new Tagger(
                labels,
                encoder,
                new Linear.Config(width, labels.size(), true).build(random.stream("head")),
                field(head, labels, plain, random));
    }

    /** Whether all is as it is by default but what counts over a BERT: how labels are chosen, and what is dropped. */
    public boolean fitsBert() {
        return equals(new TaggerLayers(
                head, DEFAULTS.embedding, DEFAULTS.lowercase, DEFAULTS.characters, DEFAULTS.rnn, dropout));
    }

    /** The field over the scores of labels, or none. */
    static @Nullable ConditionalRandomField field(Head head, List<String> labels, boolean plain, Random random) {
        return head == Head.SOFTMAX
                ? null
                : new ConditionalRandomField.Config(labels.size())
                        .build(Tagger.permission(labels, plain), random.stream("field"));
    }
}
