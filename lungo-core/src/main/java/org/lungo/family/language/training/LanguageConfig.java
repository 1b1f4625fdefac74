package org.lungo.family.language.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Documents;
import org.lungo.deploy.text.TextServing;
import org.lungo.experiment.Bars;
import org.lungo.experiment.RunConfig;
import org.lungo.experiment.config.ConfigFile;
import org.lungo.experiment.config.Resolved;
import org.lungo.experiment.config.Setting;
import org.lungo.family.language.Language;
import org.lungo.model.Precision;
import org.lungo.tensor.Check;
import org.lungo.train.OptimizerChoice;
import org.lungo.train.ScheduleConfig;
import org.lungo.train.TrainConfig;

/** The training of a language model, as a config file says it. */
public record LanguageConfig(
        @JsonPropertyDescription("The version of the file format, 1.")
        int version,

        @JsonPropertyDescription("The family of the model, `language`.")
        String family,

        @JsonPropertyDescription("Where the text comes from.")
        Data data,

        @JsonPropertyDescription("How the text becomes tokens.")
        TokenizerChoice tokenizer,

        @JsonPropertyDescription("The shape of the network.")
        Model model,

        @JsonPropertyDescription("How the model is trained.")
        Training train,

        @JsonPropertyDescription("How the model is served.") TextServing serve,

        @JsonPropertyDescription("How the model is evaluated.")
        Bars evaluate,

        @JsonPropertyDescription("The seed of all randomness.")
        long seed)
        implements RunConfig {
    /** What {@code family} says. */
    public static final String FAMILY = Language.NAME;

    /** nanoGPT's settings for a CPU (github.com/karpathy/nanoGPT, README): 2,000 steps, some minutes. */
    public static final LanguageConfig DEFAULTS = new LanguageConfig(
            1,
            FAMILY,
            Data.DEFAULTS,
            TokenizerChoice.DEFAULTS,
            Model.DEFAULTS,
            Training.DEFAULTS,
            TextServing.DEFAULTS,
            Bars.NONE,
            42);

    /**
     * What differs for a BERT: dropout, decay and constants as in Devlin et al. 2018, arXiv:1810.04805, appendix A.2; width,
     * rate and length for a CPU.
     */
    public static final LanguageConfig BERT = new LanguageConfig(
            1,
            FAMILY,
            Data.DEFAULTS,
            new TokenizerChoice(Kind.WORDPIECE, 8000, true, null),
            new Model(Type.BERT, 4, 4, 256, 128, 0.1, Start.DEFAULTS),
            Training.BERT,
            TextServing.DEFAULTS,
            Bars.NONE,
            42);

    /** How such a file is read. */
    public static final ConfigFile<LanguageConfig> FILE = file(DEFAULTS);

    private static final ConfigFile<LanguageConfig> BERT_FILE = file(BERT);

    public LanguageConfig {
        Check.that(version == 1, "version must be 1", version);
        Check.that(family.equals(FAMILY), "family must be " + FAMILY, family);
        evaluate.requireAmong(LanguageEvaluation.METRICS);
        Check.that(
                model.type() != Type.BERT || tokenizer.type() == Kind.WORDPIECE || tokenizer.type() == Kind.AUTO,
                "model.type bert reads word pieces; leave tokenizer.type out",
                tokenizer.type());
        Precision held = serve.precision();
        if (held != null) {
            Check.that(
                    model.type() != Type.BERT || held == Precision.FP32,
                    "serve.precision must be fp32 for a BERT; leave it out",
                    held);
        }
    }

    @Override
    public int epochs() {
        return train.epochs();
    }

    @Override
    public String source() {
        return data.path();
    }

    private static ConfigFile<LanguageConfig> file(LanguageConfig defaults) {
        return new ConfigFile<>(
                defaults, Map.of(Bars.GATES, ""), Map.of("data", "path", "tokenizer", "type", "model", "type"));
    }

    /** Resolves the config in {@code text}, see {@link ConfigFile#read}; the defaults are those of its {@code model.type}. */
    public static Resolved<LanguageConfig> read(String name, String text, List<String> sets) {
        return resolve(name, text, sets.stream().map(Setting::of).toList());
    }

    /** The same with values that know where they come from. */
    public static Resolved<LanguageConfig> resolve(String name, String text, List<Setting> settings) {
        Resolved<LanguageConfig> resolved = FILE.resolve(name, text, settings);
        return resolved.value().model().type() == Type.BERT ? BERT_FILE.resolve(name, text, settings) : resolved;
    }

    /**
     * Whether the config in {@code text} is one of a language model: its {@code model} is one of the families, or begins with
     * another, and there is no column to predict.
     */
    public static boolean isMeant(String name, String text) {
        return (FILE.has(name, text, "model.type", types())
                        || ConfigFile.has(name, text, "model.from") && !ConfigFile.has(name, text, "model.type"))
                && !ConfigFile.has(name, text, "target");
    }

    /** Whether values such as {@code model.type=bert} name one of the families, and no column to predict. */
    public static boolean isNamed(List<String> sets) {
        return sets.stream().anyMatch(set -> types().stream().anyMatch(type -> set.matches("model(\\.type)?=" + type)))
                && sets.stream().noneMatch(set -> set.startsWith("target"));
    }

    static List<String> types() {
        return Arrays.stream(Type.values()).map(Type::toString).toList();
    }

    /** Where the text comes from. */
    public record Data(
            @JsonPropertyDescription(
                    "A text file, JSON lines with a field `text`, or a folder or pattern of them; also with .gz.")
            String path,

            @JsonPropertyDescription("The encoding of the files, such as `utf-8`, `latin-1` or `gb18030`.")
            String encoding,

            @JsonPropertyDescription("The share of the tokens, at the end of the text, to validate on.")
            double validation) {
        public static final Data DEFAULTS = new Data("", "utf-8", 0.1);

        public Data {
            Check.that(validation > 0 && validation < 1, "data.validation must be a share between 0 and 1", validation);
        }

        /** The texts. */
        public Documents documents() {
            return new Documents(List.of(path), encoding);
        }
    }

    /** The shape of the network. */
    public record Model(
            @JsonPropertyDescription(
                    "The architecture: `gpt2`; `llama`, with rotary positions, RMS normalisation and SwiGLU; or"
                            + " `bert`, which reads texts"
                            + " in both directions and is trained on masked words.")
            Type type,

            @JsonPropertyDescription("The number of blocks.")
            int layers,

            @JsonPropertyDescription("The number of attention heads.")
            int heads,

            @JsonPropertyDescription("The width of the hidden states, divided among the heads.")
            int hidden,

            @JsonPropertyDescription("The maximum number of tokens that the model sees at once.")
            int context,

            @JsonPropertyDescription("The dropout rate of hidden values in training; not for `llama`.")
            double dropout,

            @JsonUnwrapped Start start) {
        public static final Model DEFAULTS = new Model(Type.GPT2, 4, 4, 128, 64, 0, Start.DEFAULTS);

        public Model {
            Check.positive("layers", layers);
            Check.positive("context", context);
            Check.divides("heads", heads, "hidden", hidden);
            Check.that(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1", dropout);
            Check.that(type != Type.LLAMA || dropout == 0, "llama has no dropout; leave it out", dropout);
            Check.that(
                    type != Type.BERT || start.lora().r() == 0,
                    "model.lora is for models of the llama and qwen2 layouts; train all weights with model.lora.r: 0",
                    "model.type: bert");
        }

        /** Refuses more tokens than the model that is trained on sees. */
        void requireContext(int maxContext) {
            Check.that(
                    context <= maxContext,
                    "model.context must be at most that of the model it begins with, " + maxContext,
                    context);
        }
    }

    /** What training begins with. */
    public record Start(
            @JsonPropertyDescription(
                    "A run, or a Hugging Face model folder, to continue training from; null for a new model."
                            + " Of the sizes, only `context` counts then.")
            @Nullable
            String from,

            @JsonPropertyDescription("Training of low-rank changes (LoRA) instead of all weights.")
            LoraChoice lora) {
        public static final Start DEFAULTS = new Start(null, new LoraChoice(0, 16, 0));

        public Start {
            Check.that(
                    from != null || lora.r() == 0,
                    "model.lora changes a model that is there; name it with model.from",
                    "r: " + lora.r());
        }
    }

    /** The families. */
    public enum Type {
        @JsonProperty("gpt2")
        GPT2,
        @JsonProperty("llama")
        LLAMA,
        @JsonProperty("bert")
        BERT;

        /** The name in configuration files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the model is trained. In a file, the keys of {@code rate} stand among the others. */
    public record Training(
            @JsonPropertyDescription(
                    "The number of epochs, each of which ends with a validation; with `steps_per_epoch: 0`, passes"
                            + " over the text.")
            int epochs,

            @JsonPropertyDescription("The number of batches in an epoch; 0 for a pass over the whole text.")
            int stepsPerEpoch,

            @JsonPropertyDescription("The number of windows of `model.context` tokens per step.")
            int batchSize,

            @JsonUnwrapped TrainConfig.Rate rate,

            @JsonPropertyDescription("How the parameters are updated.")
            OptimizerChoice optimizer,

            @JsonPropertyDescription("When training ends before `epochs`.")
            TrainConfig.EarlyStop earlyStop,

            @JsonPropertyDescription("Settings that are rarely changed.")
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

        static final Training BERT = new Training(
                20,
                100,
                16,
                new TrainConfig.Rate(0.0005, new ScheduleConfig(ScheduleConfig.Type.COSINE, 2, 0.1, 10, 0.1, 1e-4)),
                new OptimizerChoice(
                        OptimizerChoice.Type.ADAMW,
                        0,
                        false,
                        0.01,
                        List.of(0.9, 0.999),
                        1e-6,
                        OptimizerChoice.Constants.OF_MATRICES),
                TrainConfig.EarlyStop.DEFAULTS,
                TrainConfig.More.DEFAULTS);

        public Training {
            Check.positive("epochs", epochs);
            Check.that(stepsPerEpoch >= 0, "steps_per_epoch must be at least 0", stepsPerEpoch);
            Check.positive("batch_size", batchSize);
            earlyStop.requireOneOf(LanguageLesson.MONITORS);
        }

        /** These settings for the trainer. */
        TrainConfig config() {
            return new TrainConfig(epochs, rate, optimizer, earlyStop, more);
        }
    }

    /** How the text becomes tokens. */
    public record TokenizerChoice(
            @JsonPropertyDescription(
                    "The type of tokens: `char`, or pieces of words (`bpe`, `wordpiece`, `unigram`) that are learned"
                            + " from the"
                            + " training text; `auto` takes `char` for texts of up to 4 million characters, else"
                            + " `bpe`; `bert` reads"
                            + " `wordpiece`.")
            Kind type,

            @JsonPropertyDescription("The maximum number of tokens to learn.")
            int size,

            @JsonPropertyDescription("Whether `wordpiece` reads texts in lower case and without accents.")
            boolean lowercase,

            @JsonPropertyDescription("A tokenizer.json to use instead of learning one.") @Nullable
            String file) {
        public static final TokenizerChoice DEFAULTS = new TokenizerChoice(Kind.AUTO, 8000, false, null);

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
