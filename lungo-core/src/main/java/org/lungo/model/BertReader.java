package org.lungo.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lungo.nn.Linear;
import org.lungo.nn.MaskedPooling;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Check;
import org.lungo.tensor.DType;
import org.lungo.tensor.Random;
import org.lungo.tensor.Tensor;

/**
 * What reads a column of texts, or two as a pair, with a BERT: {@code [CLS] a [SEP]} or {@code [CLS] a [SEP] b [SEP]}, the
 * second of type 1. A pair that is too long loses tokens from the end of the longer text. Devlin et al. 2018,
 * arXiv:1810.04805, sections 3.2 and 4.1.
 *
 * @param columns the maximum number of tokens of each column
 */
public record BertReader(Bert bert, Layers layers, List<Integer> columns) implements TextVectors {
    /** A number of tokens, with padding, whose hidden values stay small. */
    private static final long TOKENS_AT_ONCE = 1 << 13;

    /** The one vector of a text. */
    public enum Pooling {
        /** That of the first token, through the pooler when there is one. */
        @JsonProperty("cls")
        CLS,
        /** The mean of all tokens. */
        @JsonProperty("mean")
        MEAN;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The shape of the reader.
     *
     * @param start the id of {@code [CLS]}
     * @param end the id of {@code [SEP]}
     * @param dropout of a text's vector
     */
    public record Layers(Bert.Config bert, int start, int end, Pooling pooling, double dropout) {
        public Layers {
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
        }
    }

    public BertReader {
        columns = List.copyOf(columns);
    }

    @Override
    public Tensor forward(Tensor all) {
        long[][] rows = rows(all);
        long[] lengths = Arrays.stream(rows).mapToLong(row -> row.length).toArray();
        return ByLength.read(lengths, TOKENS_AT_ONCE, some -> vectors(rows, some, all))
                .dropout(layers.dropout()); // [rows, hidden]
    }

    /** Tokens as the network reads them; those of the second text are written as {@code -1 - token}. */
    private long[][] rows(Tensor all) {
        int width = (int) all.size(1);
        long[] values = all.to(DType.INT64).toLongs();
        long[][] rows = new long[(int) all.size(0)][];
        for (int row = 0; row < rows.length; row++) {
            int first = columns.get(0);
            long[] a = text(values, row * width, first);
            rows[row] = columns.size() == 1 ? single(a) : pair(a, text(values, row * width + first, columns.get(1)));
        }
        return rows;
    }

    /** The tokens of a column, which are stored from 1 on. */
    private static long[] text(long[] values, int start, int length) {
        int end = start;
        while (end < start + length && values[end] > 0) {
            end++;
        }
        return Arrays.stream(values, start, end).map(value -> value - 1).toArray();
    }

    private long[] single(long[] a) {
        long[] row = new long[Math.min(bert.context(), a.length + 2)];
        row[0] = layers.start();
        System.arraycopy(a, 0, row, 1, row.length - 2);
        row[row.length - 1] = layers.end();
        return row;
    }

    private long[] pair(long[] a, long[] b) {
        int room = bert.context() - 3;
        int first = a.length;
        int second = b.length;
        while (first + second > room) {
            if (first >= second) {
                first--;
            } else {
                second--;
            }
        }
        long[] row = new long[first + second + 3];
        row[0] = layers.start();
        System.arraycopy(a, 0, row, 1, first);
        row[first + 1] = layers.end();
        for (int i = 0; i < second; i++) {
            row[first + 2 + i] = -1 - b[i];
        }
        row[row.length - 1] = -1L - layers.end();
        return row;
    }

    private Tensor vectors(long[][] rows, long[] some, Tensor like) {
        int longest = Arrays.stream(some)
                .mapToInt(row -> rows[(int) row].length)
                .max()
                .orElse(2);
        long[] tokens = new long[some.length * longest];
        long[] types = new long[tokens.length];
        long[] visible = new long[tokens.length];
        for (int i = 0; i < some.length; i++) {
            long[] row = rows[(int) some[i]];
            for (int j = 0; j < row.length; j++) {
                int at = i * longest + j;
                tokens[at] = row[j] < 0 ? -1 - row[j] : row[j];
                types[at] = row[j] < 0 ? 1 : 0;
                visible[at] = 1;
            }
        }
        Tensor seen = tensor(visible, longest, like).gt(0); // BOOL [some, longest]
        Tensor hidden = bert.hidden(tensor(tokens, longest, like), tensor(types, longest, like), seen);
        return switch (layers.pooling()) { // [some, hidden]
            case CLS -> bert.pooler() == null ? hidden.select(1, 0) : bert.pooled(hidden);
            case MEAN -> MaskedPooling.mean(hidden, seen.eq(0));
        };
    }

    private static Tensor tensor(long[] values, int length, Tensor like) {
        return Tensor.of(values, values.length / length, length).to(like.device()); // [some, length]
    }

    /** The shape of a network for tables whose texts a BERT reads. */
    public record Config(Layers layers, Mlp.Config mlp) implements Architecture {
        /** A pair has three tokens around it. */
        private static final int MIN_CONTEXT = 5;

        public Config {
            Check.that(
                    layers.bert().context() >= MIN_CONTEXT,
                    "a BERT that reads texts must have a context of at least " + MIN_CONTEXT,
                    layers.bert().context());
        }

        @Override
        public String family() {
            return TableNetwork.BERT.toString();
        }

        @Override
        public TableLayers saved() {
            return new TableLayers(mlp, null, layers);
        }

        @Override
        public double keptPerRow(Inputs inputs) {
            Bert.Config bert = layers.bert();
            double length = inputs.tokens();
            return mlp.keptPerRow(inputs) + length * bert.keptPerToken(length);
        }

        @Override
        public double count(Inputs inputs) {
            Inputs others = inputs.withoutTexts();
            double hidden = layers.bert().hidden();
            return layers.bert().count() + (hidden + 1) * inputs.outputs() + (others == null ? 0 : mlp.count(others));
        }

        /** The weights of the BERT are zero, to be loaded. */
        @Override
        public TextModel build(Inputs inputs, Random random) {
            Check.that(
                    inputs.texts().size() == 1 || inputs.texts().size() == 2,
                    "model.type bert reads one column of texts, or two as a pair; ignore the others with features.NAME:"
                            + " ignore",
                    inputs.texts().size() + " columns of texts");
            Inputs others = inputs.withoutTexts();
            List<Integer> columns =
                    inputs.texts().stream().map(Inputs.Text::length).toList();
            return new TextModel(
                    List.of(new BertReader(layers.bert().blank(DType.FLOAT32), layers, columns)),
                    new Linear.Config(layers.bert().hidden(), inputs.outputs(), true)
                            .build(random.stream("head_of_texts")),
                    others == null ? null : mlp.build(others, random));
        }
    }

    /** Copies the weights of {@code trained} into the BERT of {@code model}; a pooler that it does not have is left out. */
    public static void begin(TextModel model, Bert trained) {
        for (TextVectors texts : model.texts()) {
            if (texts instanceof BertReader reader) {
                Parameters own = Parameters.of(reader.bert());
                Map<String, Tensor> weights =
                        new LinkedHashMap<>(Parameters.of(trained).tensors());
                weights.keySet().retainAll(own.all().keySet());
                own.load(weights);
            }
        }
    }
}
