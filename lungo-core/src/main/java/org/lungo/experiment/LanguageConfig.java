package org.lungo.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Documents;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.model.Gpt;
import org.lungo.model.LanguageModel;
import org.lungo.model.Llama;
import org.lungo.model.Lora;
import org.lungo.nn.LowRank;
import org.lungo.tensor.Check;
import org.lungo.tensor.Random;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;

/** The training of a language model, as a config file says it. */
public record LanguageConfig(
        @JsonPropertyDescription("The version of the file format, 1.")
        int version,

        @JsonPropertyDescription("Where the text comes from.")
        Data data,

        @JsonPropertyDescription("How the text becomes tokens.")
        TokenizerChoice tokenizer,

        @JsonPropertyDescription("The shape of the network.")
        Model model,

        @JsonPropertyDescription("How the model is trained.")
        Training train,

        @JsonPropertyDescription("The seed of all randomness.")
        long seed) {
    /** nanoGPT's settings for a CPU (github.com/karpathy/nanoGPT, README): 2,000 steps, some minutes. */
    public static final LanguageConfig DEFAULTS =
            new LanguageConfig(1, Data.DEFAULTS, TokenizerChoice.DEFAULTS, Model.DEFAULTS, Training.DEFAULTS, 42);

    /** How such a file is read. */
    public static final ConfigFile<LanguageConfig> FILE =
            new ConfigFile<>(DEFAULTS, Map.of(), Map.of("data", "path", "tokenizer", "type", "model", "type"));

    public LanguageConfig {
        Check.that(version == 1, "version must be 1", version);
    }

    /** Whether the config in {@code text} is one of a language model: its {@code model} is one of the families. */
    public static boolean isMeant(String name, String text) {
        return FILE.has(
                name,
                text,
                "model.type",
                Arrays.stream(Type.values()).map(Type::toString).toList());
    }

    /** Where the text comes from. */
    public record Data(
            @JsonPropertyDescription(
                    "A text file, JSON lines with a field `text`, or a folder or pattern of them; also with .gz.")
            String path,

            @JsonPropertyDescription("The encoding of the files, such as `utf-8`, `latin-1` or `gb18030`.")
            String encoding,

            @JsonPropertyDescription("The share of the tokens, at the end of the text, that the model is validated on.")
            double validation) {
        public static final Data DEFAULTS = new Data("", "utf-8", 0.1);

        public Data {
            Check.that(validation > 0 && validation < 1, "data.validation must be a share between 0 and 1", validation);
        }

        /** The texts. */
        Documents documents() {
            return new Documents(List.of(path), encoding);
        }
    }

    /** The shape of the network. */
    public record Model(
            @JsonPropertyDescription(
                    "The family: `gpt2`, or `llama` with rotary positions, RMS normalisation and SwiGLU.")
            Type type,

            @JsonPropertyDescription("The number of blocks.")
            int layers,

            @JsonPropertyDescription("The number of heads of attention.")
            int heads,

            @JsonPropertyDescription("The width, divided among the heads.")
            int hidden,

            @JsonPropertyDescription("The most tokens that the model sees at once.")
            int context,

            @JsonPropertyDescription("The share of hidden values dropped in training; `gpt2` only.")
            double dropout,

            @JsonUnwrapped Start start) {
        public static final Model DEFAULTS = new Model(Type.GPT2, 4, 4, 128, 64, 0, Start.DEFAULTS);

        public Model {
            Check.positive("layers", layers);
            Check.positive("context", context);
            Check.divides("heads", heads, "hidden", hidden);
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
            Check.that(type == Type.GPT2 || dropout == 0, "llama has no dropout; leave it out", dropout);
        }

        /** A freshly initialised network for {@code vocabulary} tokens; its parameters live in the scope that is open now. */
        LanguageModel build(int vocabulary, Random random) {
            return switch (type) {
                case GPT2 ->
                    Gpt.Config.of(vocabulary, context, layers, heads, hidden, dropout)
                            .build(random);
                case LLAMA ->
                    new Llama.Config(
                                    vocabulary,
                                    context,
                                    layers,
                                    hidden,
                                    inner(hidden),
                                    new Llama.Heads(heads, heads, hidden / heads),
                                    Llama.Details.LLAMA)
                            .build(random);
            };
        }

        /** Eight thirds of the width, so that three matrices have as many weights as GPT-2's two; a multiple of 32. */
        private static int inner(int hidden) {
            return (8 * hidden / 3 + 31) / 32 * 32;
        }
    }

    /** What training begins with. */
    public record Start(
            @JsonPropertyDescription(
                    "A run, or a folder of Hugging Face's, whose model and tokenizer are trained on; null for a new model."
                            + " Of the shape only `context` counts then.")
            @Nullable
            String from,

            @JsonPropertyDescription("Few weights to train instead of all.")
            Adapter lora) {
        public static final Start DEFAULTS = new Start(null, new Adapter(0, 16, 0));

        public Start {
            Check.that(
                    from != null || lora.r() == 0,
                    "model.lora changes a model that is there; name it with model.from",
                    "r: " + lora.r());
        }
    }

    /** Low-rank changes of the queries and values: LoRA, Hu et al. 2021, arXiv:2106.09685. */
    public record Adapter(
            @JsonPropertyDescription("The rank of the changes; 0 trains all weights.")
            int r,

            @JsonPropertyDescription("What changes are multiplied by, over `r`.")
            double loraAlpha,

            @JsonPropertyDescription("The share of inputs of the changes dropped in training.")
            double loraDropout) {
        public Adapter {
            Check.that(r >= 0, "r must be at least 0", r);
            Check.positive("lora_alpha", loraAlpha);
            Check.that(loraDropout >= 0 && loraDropout < 1, "lora_dropout must be at least 0 and below 1", loraDropout);
        }

        /** {@code model} with changes that can be trained, or as it is. */
        LanguageModel adapt(LanguageModel model, Random random) {
            return r == 0
                    ? model
                    : new Lora(new LowRank.Config(r, loraAlpha, loraDropout), Set.of("query", "value"))
                            .adapt(model, random);
        }
    }

    /** The families. */
    public enum Type {
        @JsonProperty("gpt2")
        GPT2,
        @JsonProperty("llama")
        LLAMA;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the model is trained. In a file, the keys of {@code rate} stand beside the others. */
    public record Training(
            @JsonPropertyDescription(
                    "How often the model is validated; with `steps_per_epoch: 0` passes over the text.")
            int epochs,

            @JsonPropertyDescription("Batches in an epoch; 0 for a pass over the whole text.")
            int stepsPerEpoch,

            @JsonPropertyDescription("Windows of `model.context` tokens per step.")
            int batchSize,

            @JsonUnwrapped TrainConfig.Rate rate,

            @JsonPropertyDescription("How parameters change.")
            OptimizerChoice optimizer,

            @JsonPropertyDescription("When training ends before `epochs`.")
            TrainConfig.EarlyStop earlyStop,

            @JsonPropertyDescription("What is rarely changed.")
            TrainConfig.More more) {
        public static final Training DEFAULTS = new Training(
                20,
                100,
                12,
                new TrainConfig.Rate(0.003, new ScheduleConfig(ScheduleConfig.Type.COSINE, 1, 0.1, 10, 0.1, 1e-4)),
                new OptimizerChoice(
                        OptimizerChoice.Type.ADAMW,
                        0,
                        false,
                        0.1,
                        List.of(0.9, 0.99),
                        1e-8,
                        OptimizerChoice.Constants.OF_MATRICES),
                TrainConfig.EarlyStop.DEFAULTS,
                TrainConfig.More.DEFAULTS);

        public Training {
            Check.positive("epochs", epochs);
            Check.that(stepsPerEpoch >= 0, "steps_per_epoch must be at least 0", stepsPerEpoch);
            Check.positive("batch_size", batchSize);
        }

        /** The same for the trainer. */
        TrainConfig config() {
            return new TrainConfig(
                    epochs, batchSize, rate, optimizer, org.lungo.train.Objective.DEFAULTS, earlyStop, more);
        }
    }

    /** How the text becomes tokens. */
    public record TokenizerChoice(
            @JsonPropertyDescription(
                    "What a token is: `char`, or pieces of words (`bpe`, `wordpiece`, `unigram`) that are learned from the"
                            + " training text; `auto` takes `char` for texts of up to 4 million characters, else `bpe`.")
            Kind type,

            @JsonPropertyDescription("The most tokens to learn.")
            int size,

            @JsonPropertyDescription("A tokenizer.json to take instead of learning one.") @Nullable
            String file) {
        public static final TokenizerChoice DEFAULTS = new TokenizerChoice(Kind.AUTO, 8000, null);

        public TokenizerChoice {
            Check.positive("size", size);
        }
    }

    /** What a token is. */
    public enum Kind {
        @JsonProperty("auto")
        AUTO,
        @JsonProperty("char")
        CHAR,
        @JsonProperty("bpe")
        BPE,
        @JsonProperty("wordpiece")
        WORDPIECE,
        @JsonProperty("unigram")
        UNIGRAM
    }
}
