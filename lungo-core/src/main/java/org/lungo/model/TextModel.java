package org.lungo.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Features;
import org.lungo.nn.Linear;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;

/**
 * A network for tables with texts. Each text becomes a vector; numbers and categories pass through the hidden layers of a
 * {@link Mlp}; one linear layer answers from all of them. It is held as two, of which the outputs are added: that of the
 * texts, and the head of the {@link Mlp}. Cheng et al. 2016, arXiv:1606.07792, section 3.
 *
 * @param texts what reads the columns of texts, in order
 * @param head from the vectors of all texts to outputs
 * @param table reads the other columns; null when there are none
 */
public record TextModel(
        List<TextVectors> texts, Linear head, @Nullable Mlp table) implements Model {
    /** [members * rows, outputs]. */
    @Override
    public Tensor forward(Features features) {
        Tensor tokens = features.tokens();
        if (tokens == null) {
            throw new IllegalArgumentException("a model of texts needs tokens. Received: none");
        }
        Tensor read = Reshaping.concat(
                texts.stream().map(text -> text.forward(tokens)).toList(), 1); // [rows, width of all texts]
        read = features.blend(read); // [rows, width of all texts]
        Tensor logits = head.forward(read); // [rows, outputs]
        if (table == null) {
            return logits;
        }
        Tensor others = table.forward(features).reshape(members(), -1, logits.size(1)); // [members, rows, outputs]
        return others.add(logits).flatten(0, 1);
    }

    @Override
    public int members() {
        return table == null ? 1 : table.members();
    }

    @Override
    public TextModel folded() {
        return table == null ? this : new TextModel(texts, head, table.folded());
    }

    /** How texts are read. */
    public enum Family {
        @JsonProperty("text_cnn")
        TEXT_CNN,
        @JsonProperty("text_rnn")
        TEXT_RNN,
        @JsonProperty("text_bag")
        TEXT_BAG;

        /**
         * The family of this name.
         *
         * @throws IllegalArgumentException when there is none
         */
        public static Family named(String name) {
            for (Family family : values()) {
                if (family.toString().equals(name)) {
                    return family;
                }
            }
            throw new IllegalArgumentException(
                    "a family of networks must be mlp or one of " + List.of(values()) + ". Received: " + name);
        }

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The shape of the network. */
    public record Config(Family family, TextLayers text, Mlp.Config mlp) implements Architecture {
        public Config {
            Check.that(
                    family != Family.TEXT_BAG || text.bag().embedding() > 0,
                    "model.text.bag.embedding must be at least 1 for model.type: text_bag",
                    text.bag().embedding());
        }

        private boolean hasBag() {
            return family == Family.TEXT_BAG || text.bag().embedding() > 0;
        }

        /** The width of a text's vector. */
        public int width() {
            int bag = hasBag() ? text.bag().embedding() : 0;
            return bag
                    + switch (family) {
                        case TEXT_CNN ->
                            text.cnn().filters() * text.cnn().widths().size();
                        case TEXT_RNN -> 4 * text.rnn().hidden();
                        case TEXT_BAG -> 0;
                    };
        }

        /** The values that training keeps for each token until its gradients are known. */
        public double keptPerToken() {
            return switch (family) { // a vector, dropped and transposed; what filters give, masked, and its gradient
                case TEXT_CNN ->
                    4.0 * text.embedding()
                            + 3.0 * text.cnn().filters() * text.cnn().widths().size();
                case TEXT_RNN ->
                    3.0 * text.embedding()
                            + 16.0 * text.rnn().hidden() * text.rnn().layers();
                case TEXT_BAG -> 8;
            };
        }

        @Override
        public double count(Inputs inputs) {
            Inputs others = inputs.withoutTexts();
            double count = others == null ? 0 : mlp.count(others);
            for (Inputs.Text column : inputs.texts()) {
                count += text.count(family, column.tokens());
            }
            return count + ((double) width() * inputs.texts().size() + 1) * inputs.outputs();
        }

        @Override
        public TextModel build(Inputs inputs, Random random) {
            List<TextVectors> readers = new ArrayList<>();
            long start = 0;
            for (Inputs.Text column : inputs.texts()) {
                Random own = random.stream("text", readers.size());
                List<TextEncoder> encoders = new ArrayList<>();
                if (family == Family.TEXT_CNN) {
                    encoders.add(TextCnn.build(text, column.tokens(), own));
                } else if (family == Family.TEXT_RNN) {
                    encoders.add(TextRnn.build(text, column.tokens(), own));
                }
                if (hasBag()) {
                    encoders.add(TextBag.build(text, column.tokens(), own));
                }
                readers.add(new TextReader(encoders, start, column.length(), text.wordDropout(), text.textDropout()));
                start += column.length();
            }
            Inputs others = inputs.withoutTexts();
            return new TextModel(
                    readers,
                    new Linear.Config(width() * readers.size(), inputs.outputs(), true)
                            .build(random.stream("head_of_texts")),
                    others == null ? null : mlp.build(others, random));
        }
    }
}
