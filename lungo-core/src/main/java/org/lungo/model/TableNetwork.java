package org.lungo.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The networks for tables: one line each, under the name that it has in configs and saved models. */
public enum TableNetwork {
    @JsonProperty("mlp")
    MLP(Needs.NOTHING, TableLayers::mlp),
    @JsonProperty("text_cnn")
    TEXT_CNN(TextCnn.WORDS),
    @JsonProperty("text_rnn")
    TEXT_RNN(TextRnn.WORDS),
    @JsonProperty("text_bag")
    TEXT_BAG(TextBag.WORDS),
    @JsonProperty("bert")
    BERT(Needs.TRAINED, layers -> new BertReader.Config(TableLayers.required(layers.bert(), "bert"), layers.mlp()));

    /** What a network cannot be without. */
    private enum Needs {
        NOTHING,
        /** A column of texts. */
        TEXTS,
        /** A column of texts, and a network that was trained before to begin with. */
        TRAINED
    }

    private final Needs needs;
    private final @Nullable WordReading words;
    private final Function<TableLayers, Architecture> shape;

    TableNetwork(Needs needs, Function<TableLayers, Architecture> shape) {
        this.needs = needs;
        this.words = null;
        this.shape = shape;
    }

    /** A network of a {@link TextModel} that makes vectors of words. */
    TableNetwork(WordReading words) {
        this.needs = Needs.TEXTS;
        this.words = words;
        this.shape =
                layers -> new TextModel.Config(this, TableLayers.required(layers.text(), toString()), layers.mlp());
    }

    /**
     * The network of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static TableNetwork named(String name) {
        for (TableNetwork network : values()) {
            if (network.toString().equals(name)) {
                return network;
            }
        }
        throw new IllegalArgumentException(
                "a family of networks must be one of " + List.of(values()) + ". Received: " + name);
    }

    /**
     * The shape of this network that has {@code layers}, and before it what reads columns with a shape of their own.
     *
     * @throws IllegalArgumentException when layers that it needs are null or do not fit
     */
    public Architecture of(TableLayers layers) {
        return new Joined.Config(shape.apply(layers));
    }

    /** True for networks that read texts. */
    public boolean readsTexts() {
        return needs != Needs.NOTHING;
    }

    /** True for networks that begin with one that was trained before. */
    public boolean beginsTrained() {
        return needs == Needs.TRAINED;
    }

    /** How words are read. */
    WordReading words() {
        if (words == null) {
            throw new IllegalArgumentException(
                    "a network of texts must be one that makes vectors of words. Received: " + this);
        }
        return words;
    }

    /** The name in configuration files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
