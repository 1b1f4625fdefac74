package org.lungo.family.translation.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ServeConfig;
import org.lungo.experiment.Bars;
import org.lungo.experiment.RunConfig;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.family.translation.Translation;
import org.lungo.model.Transformer;
import org.lungo.tensor.Check;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;

/** The training of a model that translates, as a config file says it. */
public record TranslationConfig(
        @JsonPropertyDescription("The version of the file format, 1.")
        int version,

        @JsonPropertyDescription("The family of the model, `translation`.")
        String family,

        @JsonPropertyDescription("Where the texts and their translations come from.")
        Data data,

        @JsonPropertyDescription("How texts become tokens; both languages have one vocabulary.")
        TokenizerChoice tokenizer,

        @JsonPropertyDescription("The shape of the network.")
        Model model,

        @JsonPropertyDescription("How the model is trained.")
        Training train,

        @JsonPropertyDescription("How the model is served.") ServeConfig serve,

        @JsonPropertyDescription("How the model is judged.") Bars evaluate,

        @JsonPropertyDescription("The seed of all randomness.")
        long seed)
        implements RunConfig {
    /** What {@code family} says. */
    public static final String FAMILY = Translation.NAME;

    /** A model for some ten thousand pairs, that a CPU trains within hours. */
    public static final TranslationConfig DEFAULTS = new TranslationConfig(
            1,
            FAMILY,
            Data.DEFAULTS,
            TokenizerChoice.DEFAULTS,
            Model.DEFAULTS,
            Training.DEFAULTS,
            ServeConfig.DEFAULTS,
            Bars.NONE,
            42);

    /** How such a file is read. */
    public static final ConfigFile<TranslationConfig> FILE = new ConfigFile<>(
            DEFAULTS, Map.of(Bars.GATES, ""), Map.of("data", "path", "tokenizer", "type", "model", "type"));

    public TranslationConfig {
        Check.that(version == 1, "version must be 1", version);
        Check.that(family.equals(FAMILY), "family must be " + FAMILY, family);
        evaluate.requireAmong(TranslationEvaluation.METRICS);
    }

    @Override
    public int epochs() {
        return train.epochs();
    }

    @Override
    public String source() {
        return data.texts().title();
    }

    /** Whether the config in {@code text} is one of a model that translates: its {@code model} is {@code transformer}. */
    public static boolean isMeant(String name, String text) {
        return FILE.has(name, text, "model.type", List.of(Type.TRANSFORMER.toString()));
    }

    /** Where the texts and their translations come from. */
    public record Data(
            @JsonPropertyDescription(
                    "The file of the texts, one a line, or a table with both (CSV, TSV, JSON lines, Parquet); text files"
                            + " also with .gz.")
            String path,

            @JsonPropertyDescription("The column of the texts when `path` is a table; null for files of lines.")
            @Nullable
            String from,

            @JsonPropertyDescription("The file of the translations, line by line; of a table their column.")
            String to,

            @JsonPropertyDescription("The encoding of the files, such as `utf-8`, `latin-1` or `gb18030`.")
            String encoding,

            @JsonUnwrapped HeldOut heldOut) {
        public static final Data DEFAULTS = new Data("", null, "", "utf-8", new HeldOut(0.05, null, null));

        /** The pairs to train on. */
        public ParallelTexts texts() {
            return new ParallelTexts(path, from, to, encoding);
        }

        /** The pairs to validate on; null when a part of the others is held out. */
        @Nullable
        ParallelTexts validationTexts() {
            String other = heldOut.validationPath();
            if (other == null) {
                return null;
            }
            String otherTo = heldOut.validationTo();
            if (from == null && otherTo == null) {
                throw new IllegalArgumentException(
                        "data.validation_to must name the file of the translations of data.validation_path " + other);
            }
            return new ParallelTexts(other, from, otherTo == null ? to : otherTo, encoding);
        }
    }

    /** The pairs that the model is validated on. */
    public record HeldOut(
            @JsonPropertyDescription(
                    "The share of the pairs, drawn by the seed, that the model is validated on when `validation_path` is"
                            + " null.")
            double validation,

            @JsonPropertyDescription(
                    "The file of texts, or the table with the same columns, to validate on; null for a share.")
            @Nullable
            String validationPath,

            @JsonPropertyDescription("The file of the translations of `validation_path`; null for a table.") @Nullable
            String validationTo) {
        public HeldOut {
            Check.that(validation > 0 && validation < 1, "data.validation must be a share between 0 and 1", validation);
            if (validationPath == null && validationTo != null) {
                throw new IllegalArgumentException("data.validation_to goes with data.validation_path; name that, too."
                        + " Received: " + validationTo);
            }
        }
    }

    /** How texts become tokens. */
    public record TokenizerChoice(
            @JsonPropertyDescription("What a token is: pieces of words (`bpe`, `unigram`), or `char`.")
            Kind type,

            @JsonPropertyDescription("The maximum number of tokens to learn, of both languages together.")
            int size,

            @JsonPropertyDescription("A tokenizer.json with `<pad>`, `<s>` and `</s>` to take instead of learning one.")
            @Nullable
            String file) {
        public static final TokenizerChoice DEFAULTS = new TokenizerChoice(Kind.BPE, 6000, null);

        public TokenizerChoice {
            Check.positive("size", size);
        }
    }

    /** What a token is. */
    public enum Kind {
        @JsonProperty("bpe")
        BPE,
        @JsonProperty("unigram")
        UNIGRAM,
        @JsonProperty("char")
        CHAR
    }

    /** The shape of the network. */
    public record Model(
            @JsonPropertyDescription("The family: `transformer`, an encoder and a decoder.")
            Type type,

            @JsonPropertyDescription("The number of blocks that read.")
            int encoderLayers,

            @JsonPropertyDescription("The number of blocks that write.")
            int decoderLayers,

            @JsonPropertyDescription("The number of heads of attention.")
            int heads,

            @JsonPropertyDescription("The width, divided among the heads.")
            int hidden,

            @JsonPropertyDescription("The width inside the feed-forward networks.")
            int inner,

            @JsonUnwrapped Choices choices) {
        public static final Model DEFAULTS =
                new Model(Type.TRANSFORMER, 3, 3, 4, 256, 512, new Choices(256, 0.2, true, Transformer.Tied.ALL));

        public Model {
            Check.positive("encoder_layers", encoderLayers);
            Check.positive("decoder_layers", decoderLayers);
            Check.divides("heads", heads, "hidden", hidden);
            Check.positive("inner", inner);
        }

        /** The network for {@code vocabulary} tokens. */
        Transformer.Config network(int vocabulary) {
            return new Transformer.Config(
                    vocabulary,
                    choices.context(),
                    new Transformer.Depth(encoderLayers, decoderLayers),
                    heads,
                    hidden,
                    inner,
                    new Transformer.Details(choices.dropout(), choices.normFirst(), choices.tied()));
        }
    }

    /** What is seldom changed of the network. */
    public record Choices(
            @JsonPropertyDescription(
                    "The maximum number of tokens of a text or a translation; longer pairs are left out of training.")
            int context,

            @JsonPropertyDescription("The share of hidden values dropped in training.")
            double dropout,

            @JsonPropertyDescription(
                    "Whether normalisation stands before each layer, which trains more easily, or behind it, as in 2017.")
            boolean normFirst,

            @JsonPropertyDescription(
                    "Which tables of tokens are one: `all` (texts, translations and logits), `target` (all but those of texts)"
                            + " or `none`.")
            Transformer.Tied tied) {
        public Choices {
            Check.positive("context", context);
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
        }
    }

    /** The families. */
    public enum Type {
        @JsonProperty("transformer")
        TRANSFORMER;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return "transformer";
        }
    }

    /** How the model is trained. In a file, the keys of {@code rate} stand among the others. */
    public record Training(
            @JsonPropertyDescription("The maximum number of passes over the pairs.")
            int epochs,

            @JsonPropertyDescription("The maximum number of tokens of translations in a batch, padding included.")
            int batchTokens,

            @JsonUnwrapped TrainConfig.Rate rate,

            @JsonPropertyDescription("How parameters change.")
            OptimizerChoice optimizer,

            @JsonPropertyDescription("When training ends before `epochs`.")
            TrainConfig.EarlyStop earlyStop,

            @JsonPropertyDescription("What is rarely changed.")
            TrainConfig.More more) {
        /** Adam and the label smoothing of the paper, sections 5.3 and 5.4, under a cosine. */
        public static final Training DEFAULTS = new Training(
                20,
                2048,
                new TrainConfig.Rate(0.001, new ScheduleConfig(ScheduleConfig.Type.COSINE, 1, 0.1, 10, 0.01, 1e-4)),
                new OptimizerChoice(
                        OptimizerChoice.Type.ADAM,
                        0,
                        false,
                        0,
                        List.of(0.9, 0.98),
                        1e-9,
                        OptimizerChoice.Constants.DEFAULTS),
                new TrainConfig.EarlyStop("val_loss", 5, 0),
                new TrainConfig.More(1, 0, 1, 0, 0.1, TrainConfig.Computing.DEFAULTS, 0));

        public Training {
            Check.positive("epochs", epochs);
            Check.positive("batch_tokens", batchTokens);
            earlyStop.requireOneOf(TranslationLesson.MONITORS);
            Check.that(
                    !more.computing().recompute(),
                    "train.more.recompute is for language models; leave it out and take a smaller train.batch_tokens",
                    true);
        }

        /** The same for the trainer. */
        TrainConfig config() {
            return new TrainConfig(epochs, rate, optimizer, earlyStop, more);
        }
    }
}
