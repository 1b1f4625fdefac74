package org.lungo.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lungo.model.Architecture;
import org.lungo.model.Inputs;
import org.lungo.model.Mlp;
import org.lungo.model.TextLayers;
import org.lungo.model.TextModel;

/** Which family of networks is trained, and its shape. In a file, the keys of the shape stand beside {@code type}. */
public record ModelChoice(
        @JsonPropertyDescription(
                "The family of networks: `mlp`, dense layers over the numbers and embedded categories; with texts before them"
                        + " `text_cnn`, filters over words, `text_rnn`, a recurrent network, or `text_bag`, the mean of words and"
                        + " pairs of words; null takes `text_cnn` when a column is text, else `mlp`.")
        @Nullable
        Type type,

        @JsonUnwrapped Mlp.Config mlp,

        @JsonPropertyDescription("The layers that read texts.")
        TextLayers text) {
    public static final ModelChoice DEFAULTS = new ModelChoice(null, Mlp.Config.DEFAULTS, TextLayers.DEFAULTS);

    public ModelChoice {
        if (type == Type.TEXT_BAG) {
            new TextModel.Config(TextModel.Family.TEXT_BAG, text, mlp); // refuses a bag without a width
        }
    }

    /** The families. */
    public enum Type {
        @JsonProperty("mlp")
        MLP,
        @JsonProperty("text_cnn")
        TEXT_CNN,
        @JsonProperty("text_rnn")
        TEXT_RNN,
        @JsonProperty("text_bag")
        TEXT_BAG;

        /** True for the families that read texts. */
        boolean readsTexts() {
            return this != MLP;
        }

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** False when columns of text are left out. */
    boolean readsTexts() {
        return type == null || type.readsTexts();
    }

    /** The family for a table. */
    Type family(Inputs inputs) {
        return type != null ? type : inputs.texts().isEmpty() ? Type.MLP : Type.TEXT_CNN;
    }

    /** The network for a table. */
    Architecture architecture(Inputs inputs) {
        return switch (family(inputs)) {
            case MLP -> mlp;
            case TEXT_CNN -> new TextModel.Config(TextModel.Family.TEXT_CNN, text, mlp);
            case TEXT_RNN -> new TextModel.Config(TextModel.Family.TEXT_RNN, text, mlp);
            case TEXT_BAG -> new TextModel.Config(TextModel.Family.TEXT_BAG, text, mlp);
        };
    }
}
