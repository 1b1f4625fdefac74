package org.lungo.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Features;
import org.lungo.nn.Activation;
import org.lungo.nn.Layer;
import org.lungo.nn.Linear;
import org.lungo.nn.Parameters;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.tensor.Reshaping;
import org.lungo.tensor.Tensor;

/**
 * A multi-layer perceptron for tables: categories are embedded, joined to the numbers, and passed through dense blocks.
 *
 * <p>With more than one member it is an efficient ensemble: the members share the weights of every dense layer and differ
 * in the scales of its inputs and outputs, and each has a head of its own. Gorishniy, Kotelnikov and Babenko 2025, TabM,
 * arXiv:2410.24210, section 3. We deviate in the size of the category embeddings, which is one constant.
 *
 * @param embedding the category tables, null when there is no category
 * @param blocks the dense blocks, in order
 * @param head [members, hidden, outputs]
 * @param members the number of networks
 */
public record Mlp(@Nullable CategoryEmbedding embedding, List<Layer> blocks, Layer head, int members) implements Model {
    /** [members * rows, outputs]. */
    @Override
    public Tensor forward(Features features) {
        Tensor x = embedding == null ? features.numbers() : joined(features, embedding); // [rows, in]
        x = features.blend(x); // [rows, in]
        if (members > 1) {
            x = x.unsqueeze(0); // [1, rows, in]; the first block expands it to the members
        }
        for (Layer block : blocks) {
            x = block.forward(x); // [members, rows, hidden]
        }
        Tensor logits = head.forward(x); // [members, rows, outputs]
        return members > 1 ? logits.flatten(0, 1) : logits;
    }

    private static Tensor joined(Features features, CategoryEmbedding embedding) {
        Tensor embedded = embedding.forward(features.categories()); // [rows, categories * width]
        return features.numbers().size(1) == 0
                ? embedded
                : Reshaping.concat(List.of(features.numbers(), embedded), 1); // [rows, in]
    }

    /**
     * The same network for answering only, faster: the scales of small layers are multiplied into weights of their own for
     * each member. Its answers differ in the last bits, and it cannot be trained or saved. New tensors live in the scope
     * that is open now.
     */
    @Override
    public Mlp folded() {
        List<Layer> folded = blocks.stream()
                .map(block -> block instanceof DenseBlock dense ? dense.folded() : block)
                .toList();
        return new Mlp(embedding, folded, head, members);
    }

    /** The shape of the network. */
    public record Config(
            @JsonPropertyDescription("The widths of the dense blocks; `[]` for a linear model.")
            List<Integer> hidden,

            @JsonPropertyDescription("The activation function between the layers.")
            Activation activation,

            @JsonPropertyDescription("The dropout rate of hidden values in training.")
            double dropout,

            @JsonPropertyDescription("The normalisation after each dense layer; `batch` only with one member.")
            Normalization normalization,

            @JsonPropertyDescription("Whether blocks of equal width add their input to their output.")
            boolean residual,

            @JsonPropertyDescription("The width of a category's embedding.")
            int embedding,

            @JsonPropertyDescription("The number of networks whose answers are averaged.")
            int members)
            implements Architecture {
        /** Widths, dropout and members follow TabM's small settings (arXiv:2410.24210, appendix D), sized for a CPU. */
        public static final Config DEFAULTS =
                new Config(List.of(128, 128), Activation.RELU, 0.1, Normalization.NONE, false, 8, 8);

        public Config {
            hidden = List.copyOf(hidden);
            hidden.forEach(width -> Check.positive("hidden", width));
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
            Check.positive("embedding", embedding);
            Check.positive("members", members);
            Check.that(
                    members == 1 || normalization != Normalization.BATCH,
                    "batch normalization works for members: 1; use normalization: layer",
                    "members: " + members);
        }

        /** The same without anything that is left out in training. */
        public Config withoutDropout() {
            return new Config(hidden, activation, 0, normalization, residual, embedding, members);
        }

        @Override
        public String family() {
            return TableNetwork.MLP.toString();
        }

        @Override
        public TableLayers saved() {
            return new TableLayers(this, null, null);
        }

        @Override
        public double keptPerRow(Inputs inputs) {
            double kept = hidden.stream().mapToDouble(width -> width).sum() * DenseBlock.KEPT_PER_OUTPUT
                    + inputs.numbers()
                    + (double) inputs.cardinalities().size() * embedding;
            return members * kept;
        }

        @Override
        public double count(Inputs inputs) {
            double count = embedding
                    * inputs.cardinalities().stream()
                            .mapToDouble(values -> values)
                            .sum();
            double width = inputs.numbers() + (double) inputs.cardinalities().size() * embedding;
            for (int out : hidden) {
                double scales = members == 1 ? out : members * (width + 2.0 * out);
                count += width * out + scales + (normalization == Normalization.NONE ? 0 : 2.0 * out);
                width = out;
            }
            return count + members * (width + 1) * inputs.outputs();
        }

        @Override
        public Mlp build(Inputs inputs, Random random) {
            CategoryEmbedding categories = inputs.cardinalities().isEmpty()
                    ? null
                    : CategoryEmbedding.build(inputs.cardinalities(), embedding, random.stream("embedding"));
            int width = inputs.numbers() + inputs.cardinalities().size() * embedding;
            List<Layer> blocks = new ArrayList<>();
            for (int i = 0; i < hidden.size(); i++) {
                blocks.add(DenseBlock.build(this, i, width, random.stream("block", i)));
                width = hidden.get(i);
            }
            Random headRandom = random.stream("head");
            Layer head = members == 1
                    ? new Linear.Config(width, inputs.outputs(), true).build(headRandom)
                    : MemberLinear.build(members, width, inputs.outputs(), headRandom);
            return new Mlp(categories, blocks, head, members);
        }
    }

    /** What follows a dense layer. */
    public enum Normalization {
        @JsonProperty("none")
        NONE,
        @JsonProperty("layer")
        LAYER,
        @JsonProperty("batch")
        BATCH
    }

    /** The number of trainable values. */
    public long count() {
        return Parameters.of(this).count();
    }
}
