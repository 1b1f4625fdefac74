package org.lungo.model;

import java.util.ArrayList;
import java.util.List;
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

    /** The shape of a network that makes vectors of words. */
    public record Config(TableNetwork network, TextLayers text, Mlp.Config mlp) implements Architecture {
        public Config {
            Check.that(
                    network.words().width(text) > 0 || text.bag().embedding() > 0,
                    "model.text.bag.embedding must be at least 1 for model.type: " + network,
                    text.bag().embedding());
        }

        @Override
        public String family() {
            return network.toString();
        }

        @Override
        public TableLayers saved() {
            return new TableLayers(mlp, text, null);
        }

        /** The width of a text's vector. */
        public int width() {
            return text.bag().embedding() + network.words().width(text);
        }

        @Override
        public double keptPerRow(Inputs inputs) {
            return mlp.keptPerRow(inputs) + inputs.tokens() * network.words().keptPerToken(text);
        }

        @Override
        public double count(Inputs inputs) {
            Inputs others = inputs.withoutTexts();
            double count = others == null ? 0 : mlp.count(others);
            for (Inputs.Text column : inputs.texts()) {
                count += network.words().count(text, column.tokens())
                        + (column.tokens() + (double) text.bag().pairs())
                                * text.bag().embedding();
            }
            return count + ((double) width() * inputs.texts().size() + 1) * inputs.outputs();
        }

        @Override
        public TextModel build(Inputs inputs, Random random) {
            List<TextVectors> readers = new ArrayList<>();
            long start = 0;
            for (Inputs.Text column : inputs.texts()) {
                Random own = random.stream("text", readers.size());
                List<TextEncoder> encoders = new ArrayList<>(network.words().build(text, column.tokens(), own));
                if (text.bag().embedding() > 0) {
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
