package org.lungo.family.tables.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Kind;
import org.lungo.data.TextColumn;
import org.lungo.model.Architecture;
import org.lungo.model.BertReader;
import org.lungo.model.Inputs;
import org.lungo.model.Mlp;
import org.lungo.model.Model;
import org.lungo.model.TableLayers;
import org.lungo.model.TableNetwork;
import org.lungo.model.TextLayers;
import org.lungo.model.TextModel;
import org.lungo.preprocess.TablePreprocessor;
import org.lungo.preprocess.TextPreprocessor;
import org.lungo.preprocess.Transform;
import org.lungo.tensor.Check;

/** Which family of networks is trained, and its shape. In a file, the keys of the shape stand next to {@code type}. */
public record ModelChoice(
        @JsonPropertyDescription(
                "The type of network: `mlp`, dense layers over the numbers and embedded categories. For texts there are"
                        + " `text_cnn`, filters over words; `text_rnn`, a recurrent network; `text_bag`, the mean of"
                        + " words and"
                        + " pairs of words; and `bert`, a pre-trained BERT. null takes `text_cnn` when a column is"
                        + " text, else `mlp`.")
        @Nullable
        TableNetwork type,

        @JsonPropertyDescription(
                "The pre-trained model of `bert`: a run of `lungo train TEXT --set model.type=bert`, or a Hugging"
                        + " Face model folder.")
        @Nullable
        String from,

        @JsonUnwrapped Mlp.Config mlp,

        @JsonPropertyDescription("The layers that read texts, except those of `bert`.")
        TextLayers text,

        @JsonPropertyDescription("How `bert` turns a text, or a pair of texts, into one vector.")
        Vector bert) {
    public static final ModelChoice DEFAULTS =
            new ModelChoice(null, null, Mlp.Config.DEFAULTS, TextLayers.DEFAULTS, Vector.DEFAULTS);

    /** How a BERT makes one vector of a text. */
    public record Vector(
            @JsonPropertyDescription(
                    "`cls`, the vector of the first token, `[CLS]`, or `mean`, the mean of all vectors.")
            BertReader.Pooling pooling,

            @JsonPropertyDescription("The dropout rate of the vector in training.")
            double dropout) {
        /** Devlin et al. 2018, arXiv:1810.04805, section 4.1 and appendix A.3. */
        public static final Vector DEFAULTS = new Vector(BertReader.Pooling.CLS, 0.1);

        /** The same without anything that is left out in training. */
        Vector withoutDropout() {
            return new Vector(pooling, 0);
        }

        public Vector {
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
        }
    }

    public ModelChoice {
        boolean begins = type != null && type.beginsTrained();
        Check.that(
                !begins || from != null,
                "model.type bert begins with one that was trained before; name with model.from a run of lungo train"
                        + " corpus.txt --set model.type=bert, or a folder of Hugging Face's",
                "model.from: null");
        Check.that(begins || from == null, "model.from is for model.type bert; set that, too", "type: " + type);
        if (type != null && !begins) {
            type.of(new TableLayers(mlp, text, null)); // refuses layers that do not fit
        }
    }

    /** False when columns of text are left out. */
    boolean readsTexts() {
        return type == null || type.readsTexts();
    }

    /** True when the network begins with one that was trained before. */
    boolean beginsTrained() {
        return type != null && type.beginsTrained();
    }

    /** The family for a table. */
    TableNetwork family(Inputs inputs) {
        return type != null ? type : inputs.texts().isEmpty() ? TableNetwork.MLP : TableNetwork.TEXT_CNN;
    }

    /** The network for a table. */
    Architecture architecture(Inputs inputs) {
        return family(inputs)
                .of(new TableLayers(mlp, text, beginsTrained() ? pretrained().layers(bert) : null));
    }

    /** What is done with columns of the kinds that the network has a say in. */
    Map<Kind, Transform> transforms(TablePreprocessor preprocess) {
        return Map.of(Kind.TEXT, texts(preprocess.text()));
    }

    private Transform texts(TextPreprocessor preprocessor) {
        return beginsTrained() ? pretrained().transform(preprocessor) : column -> preprocessor.fit((TextColumn) column);
    }

    /** Gives a network the weights that it begins with, if others than those it was built with. */
    void begin(Model model) {
        if (beginsTrained()) {
            pretrained().begin((TextModel) model.network());
        }
    }

    /** The same without anything that is left out in training. */
    ModelChoice withoutDropout() {
        return new ModelChoice(type, from, mlp.withoutDropout(), text.withoutDropout(), bert.withoutDropout());
    }

    private PretrainedBert pretrained() {
        return PretrainedBert.of(Path.of(Objects.requireNonNull(from)));
    }
}
